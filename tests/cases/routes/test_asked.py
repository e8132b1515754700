"""A problem addressed to one colleague: its field, its prefill, its place on Today (K1, K13)."""

import re

import pytest
from sqlalchemy import select

from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User
from portal.search.log.models import GapDecision, LoggedSearch
from tests.cases.addresses import form


def asked():
    return db.session.scalars(select(Case.asked_id).order_by(Case.id.desc())).first()


@pytest.fixture
def namesake(app, bob, clock):
    """A second person called like bob, in the team of carol."""
    with transaction():
        other = User(login="bo2", name="张博", role="rep", team_id=3, created_at=clock(),
                     password_hash="!", must_change_password=False, job_title="渠道经理")
        db.session.add(other)
        db.session.flush()
        return other.id


@pytest.mark.parametrize("written", ["张博", " 张博 ", "bob", "BOB", "ｂｏｂ"])
def test_a_problem_is_addressed_by_name_or_login(browser, alice, bob, written):
    person = browser(alice)
    answer = person.post("/cases/new/problem", data=form(asked=written))
    assert asked() == bob.id
    page = person.get(answer.location).text
    assert "Asked:" in page and "张博" in page


def test_nobody_need_be_asked(browser, alice):
    assert browser(alice).post("/cases/new/problem", data=form(asked=" ")).status_code == 303
    assert asked() is None


def test_only_problems_have_the_field(browser, alice):
    person = browser(alice)
    assert 'name="asked"' in person.get("/cases/new/problem").text
    assert 'name="asked"' not in person.get("/cases/new/lesson").text
    person.post("/cases/new/lesson", data=form(asked="张博"))
    assert asked() is None


def test_an_unknown_name_is_explained(browser, alice):
    answer = browser(alice).post("/cases/new/problem", data=form(asked="欧阳无人"))
    assert answer.status_code == 422
    assert "Nobody here is called 欧阳无人" in answer.text
    assert 'value="欧阳无人"' in answer.text


@pytest.mark.parametrize("written", ["张", "zhang", "zhangbo", "zb"])
def test_a_part_of_a_name_or_its_sound_offers_whom_it_may_mean(browser, alice, bob, written):
    person = browser(alice)
    answer = person.post("/cases/new/problem", data=form(asked=written))
    assert answer.status_code == 422
    assert "张博 · Shanghai" in answer.text
    person.post("/cases/new/problem", data=form(asked=written, asked_id=bob.id))
    assert asked() == bob.id


def test_several_of_one_name_are_told_apart(browser, alice, bob, namesake):
    person = browser(alice)
    answer = person.post("/cases/new/problem", data=form(asked="张博"))
    assert answer.status_code == 422
    assert "Several people are called 张博" in answer.text
    assert "张博 · Shanghai" in answer.text and "张博 · South · 渠道经理" in answer.text
    assert "bo2" not in answer.text
    person.post("/cases/new/problem", data=form(asked="张博", asked_id=namesake))
    assert asked() == namesake


def test_a_choice_made_for_another_name_is_not_taken(browser, alice, bob, carol):
    person = browser(alice)
    person.post("/cases/new/problem", data=form(asked=carol.name, asked_id=bob.id))
    assert asked() == carol.id


@pytest.mark.parametrize("number", ["0", "-1", "abc", "9" * 30, ""])
def test_an_odd_choice_is_no_choice(browser, alice, namesake, number):
    data = form(asked="张博", asked_id=number)
    assert browser(alice).post("/cases/new/problem", data=data).status_code == 422


@pytest.mark.parametrize("audience", ["team", "managers"])
def test_who_may_not_read_it_is_refused_with_a_clear_sentence(browser, alice, carol, audience):
    answer = browser(alice).post("/cases/new/problem",
                                 data=form(asked=carol.name, audience=audience))
    assert answer.status_code == 422
    assert f"{carol.name} may not read this problem" in answer.text
    assert db.session.scalars(select(Case)).all() == []


def test_narrowing_the_readers_may_not_shut_out_who_is_asked(browser, alice, carol):
    person = browser(alice)
    url = person.post("/cases/new/problem", data=form(asked=carol.name)).location
    data = form(base="1", audience="team", asked=carol.name, asked_id=carol.id)
    answer = person.post(f"{url}/edit", data=data)
    assert answer.status_code == 422
    assert db.session.scalars(select(Case.audience)).one() == "everyone"
    assert person.post(f"{url}/edit", data={**data, "asked": ""}).status_code == 303
    assert (asked(), db.session.scalars(select(Case.audience)).one()) == (None, "team")


@pytest.mark.parametrize(("login", "status"), [("alice", 303), ("mei", 303), ("bob", 403)])
def test_owner_and_line_manager_choose_another(
    problem, browser, request, carol, login, status
):
    person = browser(request.getfixturevalue(login))
    data = form(base="1", asked=carol.name)
    assert person.post(f"/cases/{problem.id}/edit", data=data).status_code == status
    assert asked() == (carol.id if status == 303 else None)
    if status == 303:
        page = person.get(f"/cases/{problem.id}/edit").text
        assert f'value="{carol.name}"' in page
        assert problem.revision == 1


def test_who_left_stays_named_until_somebody_else_is_asked(problem, browser, alice, bob):
    person = browser(alice)
    person.post(f"/cases/{problem.id}/edit", data=form(base="1", asked=bob.name))
    with transaction():
        db.session.get(User, bob.id).deactivated_at = bob.row.created_at
    kept = form(base="1", body="New words", asked=bob.name, asked_id=bob.id)
    assert person.post(f"/cases/{problem.id}/edit", data=kept).status_code == 303
    assert asked() == bob.id
    again = person.post("/cases/new/problem", data=form(asked=bob.name, asked_id=bob.id))
    assert again.status_code == 422


def test_the_address_fills_in_title_and_colleague(browser, alice, bob):
    page = browser(alice).get(f"/cases/new/problem?title=Why&asked={bob.id}").text
    assert 'value="张博"' in page
    assert f'name="asked_id" value="{bob.id}"' in page


@pytest.mark.parametrize("number", ["0", "-1", "abc", "9" * 30, "999999", ""])
def test_an_odd_colleague_in_the_address_is_left_out(browser, alice, number):
    page = browser(alice).get(f"/cases/new/problem?asked={number}")
    assert page.status_code == 200
    assert 'name="asked_id"' not in page.text


# --- knowledge gaps ----------------------------------------------------------------------------


def test_a_question_from_the_gaps_is_marked_as_asked(app, browser, alice, clock):
    with transaction():
        db.session.add(LoggedSearch(text="返点怎么算", key="返点怎么算", surface="results", total=0,
                                    searched_at=clock()))
    person = browser(alice)
    page = person.get("/cases/new/problem?title=返点怎么算&gap=返点怎么算").text
    assert re.search(r'name="gap" value="返点怎么算"', page)
    person.post("/cases/new/problem", data=form(gap="返点怎么算", **{"as": "draft"}))
    assert db.session.scalars(select(GapDecision)).all() == []
    person.post("/cases/new/problem", data=form(gap="返点怎么算"))
    decision = db.session.scalars(select(GapDecision)).one()
    case = db.session.scalars(select(Case).order_by(Case.id.desc())).first()
    assert (decision.verdict, decision.ref) == ("asked", case.search_ref)


@pytest.mark.parametrize("gap", ["", "x" * 5000, "nobody searched this", "\x00"])
def test_an_odd_gap_is_no_hindrance(browser, alice, gap):
    person = browser(alice)
    assert person.get("/cases/new/problem", query_string={"gap": gap}).status_code == 200
    assert person.post("/cases/new/problem", data=form(gap=gap)).status_code == 303
    assert db.session.scalars(select(GapDecision)).all() == []
