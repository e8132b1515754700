"""The list of accounts: search, filters, export, and moving people between teams."""

import csv
import io

import pytest

from portal.core.unit_of_work import transaction
from portal.people.actions import PersonFacts, add_person, deactivate_person
from portal.people.models import User
from portal.people.roster.columns import header_row

ADDRESS = "/manage/people"


def names_in(text, people):
    return {person.login for person in people if person.name in text}


def test_the_administrator_sees_everybody_active(browser, admin, alice, bob, hr):
    page = browser(admin).get(ADDRESS).text
    assert names_in(page, (admin, alice, bob, hr)) == {"admin", "alice", "bob", "hr"}


@pytest.mark.parametrize(("query", "found"), [
    ("q=alice", {"alice"}), ("q=ALICE@", {"alice"}), ("q=爱丽", {"alice"}), ("q=%25", set()),
    ("role=hr", {"hr"}), ("role=rep", {"alice", "bob"}), ("role=nonsense", {"alice", "bob", "hr"}),
    ("team=none", {"hr"}), ("state=left", set()), ("state=waiting", set()),
])
def test_filters_narrow_the_list(browser, admin, alice, bob, hr, query, found):
    text = browser(admin).fragment(f"{ADDRESS}?{query}").text
    assert names_in(text, (alice, bob, hr)) == found


def test_a_team_means_the_teams_below_it_too(browser, admin, alice, carol, wang):
    text = browser(admin).fragment(f"{ADDRESS}?team={wang.team_id}").text
    assert names_in(text, (alice, carol, wang)) == {"alice", "wang"}


def test_who_left_and_who_waits_are_found(app, browser, admin, alice, clock):
    with transaction():
        deactivate_person(admin.actor, alice.row, clock())
        add_person(admin.id, PersonFacts("new", "New One"), clock())
    assert alice.name in browser(admin).fragment(f"{ADDRESS}?state=left").text
    waiting = browser(admin).fragment(f"{ADDRESS}?state=waiting").text
    assert "New One" in waiting
    assert "First password" in waiting


def test_filtering_gets_the_fragment_alone(browser, admin):
    text = browser(admin).fragment(ADDRESS).text
    assert text.lstrip().startswith('<div id="manage_people">')


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_export_follows_the_filters_and_carries_no_formula(
    app, browser, admin, clock, language
):
    with transaction():
        add_person(admin.id, PersonFacts("evil", "=cmd()", job_title="@sum", email="+1@x.cn"),
                   clock())
    answer = browser(admin, language=language).get(f"{ADDRESS}.csv?q=evil")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == header_row(language)
    assert [row[0] for row in rows[1:]] == ["'=cmd()"]
    assert rows[1][4:6] == ["'@sum", "'+1@x.cn"]


def test_people_move_to_another_team(app, browser, admin, alice, bob, carol):
    form = {"person": [alice.id, bob.id, carol.id], "team_id": carol.team_id,
            "next": f"{ADDRESS}?role=rep"}
    answer = browser(admin).post(f"{ADDRESS}/move", data=form)
    assert answer.status_code == 303
    assert answer.location == f"{ADDRESS}?role=rep"
    assert {person.row.team_id for person in (alice, bob, carol)} == {carol.team_id}
    browser(admin).post(f"{ADDRESS}/move", data={"person": [alice.id], "team_id": ""})
    assert alice.row.team_id is None


@pytest.mark.parametrize("form", [
    {}, {"person": ["x"]}, {"person": [1], "team_id": "99999"}, {"person": [1], "team_id": "x"},
])
def test_a_move_of_nobody_or_to_nowhere_is_refused(browser, admin, form):
    assert browser(admin).post(f"{ADDRESS}/move", data=form).status_code == 422


def test_others_may_not(browser, alice, mei, hr):
    for person in (alice, mei, hr):
        assert browser(person).get(ADDRESS).status_code == 403
        assert browser(person).get(f"{ADDRESS}.csv").status_code == 403
        assert browser(person).post(f"{ADDRESS}/move").status_code == 403
    assert browser().get(ADDRESS).status_code == 302


def test_wrong_methods(browser, admin):
    assert browser(admin).post(ADDRESS).status_code == 405
    assert browser(admin).get(f"{ADDRESS}/move").status_code == 405


def test_a_long_list_costs_as_many_statements_as_a_short_one(
    app, browser, admin, alice, statements, clock
):
    visitor = browser(admin)
    visitor.get(ADDRESS)
    statements.clear()
    visitor.get(ADDRESS)
    few = len(statements)
    with transaction() as session:
        session.add_all(
            User(login=f"n{number}", name=f"N{number}", role="rep", team_id=alice.team_id,
                 password_hash="!", created_at=clock(), must_change_password=False)
            for number in range(41)
        )
    statements.clear()
    visitor.get(ADDRESS)
    assert len(statements) == few
