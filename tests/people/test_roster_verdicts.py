"""The verdict on every row, before anything is written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.people.roster.columns import FIELDS
from portal.people.roster.reading import Row
from portal.people.roster.verdicts import Account, Present, rehearse

ANN = Account("ann", "Ann", "manager", "East", "Head", "ann@example.com", date(2024, 3, 1))
ROOT = Account("root", "Root", "admin")
PRESENT = Present({"ann": ANN, "root": ROOT}, frozenset({"gone"}), ("East", "华东区"))


def row(line: int = 2, **cells: str) -> Row:
    return Row(line, cells)


def one(present: Present = PRESENT, **cells: str):
    (verdict,) = rehearse([row(**cells)], present).verdicts
    return verdict


def codes(verdict) -> list[str]:
    return [problem.code for problem in verdict.problems]


def test_a_new_person_is_a_rep_unless_the_row_says_otherwise():
    assert one(name="Ben", login="Ben").account == Account("ben", "Ben")
    assert one(name="Ben", login="ben", role="经理").account.role == "manager"


def test_a_new_person_with_everything():
    verdict = one(name="Ben", login="ben", role="HR", team="华东区", job_title="Officer",
                  email="ben@example.com", joined_on="2026年1月31日")
    assert verdict.kind == "new"
    assert verdict.account == Account("ben", "Ben", "hr", "华东区", "Officer", "ben@example.com",
                                      date(2026, 1, 31))


def test_changes_are_named_and_empty_cells_leave_what_is_stored():
    verdict = one(name="Anna", login="ann", role="经理")
    assert verdict.kind == "changed"
    assert verdict.changes == [("name", "Ann", "Anna")]
    assert verdict.account.email == "ann@example.com"


def test_the_same_facts_change_nothing():
    verdict = one(login="ANN", team="ＥＡＳＴ", joined_on="2024/3/1")
    assert verdict.kind == "unchanged"


@pytest.mark.parametrize(("cells", "expected"), [
    ({"name": "Ben"}, ["login_missing"]),
    ({"login": "ben"}, ["name_missing"]),
    ({"name": "Ben", "login": "b"}, ["login_wrong"]),
    ({"name": "Ben", "login": "本"}, ["login_wrong"]),
    ({"name": "Ben", "login": "be n"}, ["login_wrong"]),
    ({"name": "Ben", "login": "gone"}, ["left"]),
    ({"name": "B" * 81, "login": "ben"}, ["long"]),
    ({"name": "Ben", "login": "ben", "email": "nowhere"}, ["email_wrong"]),
    ({"name": "Ben", "login": "ben", "role": "老板"}, ["role_wrong"]),
    ({"name": "Ben", "login": "ben", "joined_on": "昨天"}, ["joined_on_wrong"]),
    ({"name": "Ben", "login": "?", "role": "x", "joined_on": "y"},
     ["role_wrong", "joined_on_wrong", "login_wrong"]),
])
def test_errors_name_everything_that_is_wrong(cells, expected):
    verdict = one(**cells)
    assert verdict.kind == "error"
    assert codes(verdict) == expected


def test_the_first_row_of_a_login_counts():
    first, second, other = rehearse([
        row(2, name="Ben", login="ben"), row(3, name="Bob", login="BEN"),
        row(4, name="Cai", login="cai"),
    ], PRESENT).verdicts
    assert [v.kind for v in (first, second, other)] == ["new", "error", "new"]
    assert second.problems[0].value == "2"


def test_cells_beyond_the_header_make_an_error():
    (verdict,) = rehearse([Row(2, {"name": "Ben", "login": "ben"}, overflows=True)],
                          PRESENT).verdicts
    assert codes(verdict) == ["cells"]


def test_unknown_teams_are_offered_once_whatever_their_spelling():
    rehearsal = rehearse([
        row(2, name="Ben", login="ben", team="West"), row(3, name="Cai", login="cai", team="west"),
        row(4, login="ann", team="ＷＥＳＴ"), row(5, name="Bad", login="!", team="North"),
    ], PRESENT)
    assert rehearsal.new_teams == {"West": 3}
    assert [v.needs_team for v in rehearsal.verdicts] == [True, True, True, False]
    assert rehearsal.verdicts[2].changes == [("team", "East", "West")]


def test_without_new_teams_their_people_are_left_out():
    rehearsal = rehearse([row(2, name="Ben", login="ben", team="West"),
                          row(3, name="Cai", login="cai", team="east")],
                         PRESENT, create_teams=False)
    assert [v.kind for v in rehearsal.verdicts] == ["error", "new"]
    assert rehearsal.new_teams == {}


def test_no_file_takes_the_last_administrator_away():
    demotion = row(2, login="root", role="rep")
    (verdict,) = rehearse([demotion], PRESENT).verdicts
    assert codes(verdict) == ["last_admin"]
    both = rehearse([demotion, row(3, login="ann", role="admin")], PRESENT).verdicts
    assert [v.kind for v in both] == ["changed", "changed"]
    # Whoever waits for a new team may be left out, and does not count.
    waits = rehearse([demotion, row(3, name="B", login="ben", role="admin", team="West")], PRESENT)
    assert [v.kind for v in waits.verdicts] == ["error", "new"]


WORDS = st.sampled_from(["", "ann", "root", "gone", "ben", "BEN", "East", "West", "经理", "管理员",
                         "销售", "2026-01-31", "x@y.cn", "=1+1", "名" * 90])
ROWS = st.lists(st.dictionaries(st.sampled_from(FIELDS), WORDS.filter(bool)), max_size=8)


@given(ROWS, st.booleans())
def test_every_row_gets_one_verdict_and_the_result_is_sound(cells, create_teams):
    rows = [Row(number, found) for number, found in enumerate(cells, start=2)]
    rehearsal = rehearse(rows, PRESENT, create_teams=create_teams)
    verdicts = rehearsal.verdicts
    assert [v.line for v in verdicts] == [r.line for r in rows]
    written = [v.account for v in verdicts if v.kind in ("new", "changed")]
    assert len({account.login for account in written}) == len(written)
    for verdict in verdicts:
        assert (verdict.kind == "error") == bool(verdict.problems)
        assert (verdict.kind == "changed") == bool(verdict.changes)
    after = {**PRESENT.active, **{account.login: account for account in written}}
    assert any(account.role == "admin" for account in after.values())
    known = {"East", "华东区", None, *rehearsal.new_teams}
    assert {account.team for account in after.values()} <= known


@given(ROWS)
def test_the_second_import_of_a_file_changes_nothing(cells):
    rows = [Row(number, found) for number, found in enumerate(cells, start=2)]
    first = rehearse(rows, PRESENT)
    written = {v.account.login: v.account for v in first.verdicts if v.account}
    later = Present({**PRESENT.active, **written}, PRESENT.left,
                    (*PRESENT.teams, *first.new_teams))
    assert {v.kind for v in rehearse(rows, later).verdicts} <= {"unchanged", "error"}
