"""The tree of teams: added, changed, dissolved."""

import re

import pytest

from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.pool.actions.ruling import RuleContent, add_rule
from portal.leads.pool.models import AllocationRule
from portal.people.actions import deactivate_person, save_team
from portal.people.models import Team

ADDRESS = "/manage/teams"
ADD = f"{ADDRESS}/add"


@pytest.fixture
def empty_team(app, clock, alice):
    """A team without people below Shanghai."""
    with transaction():
        return save_team(None, None, "Pudong", alice.team_id, None, clock()).id


def team(name):
    db.session.rollback()
    return db.session.query(Team).filter_by(name=name).one_or_none()


def form_of(row, **changes):
    return {"name": row.name, "parent_id": row.parent_id or "", "leader_id": row.leader_id or "",
            **changes}


def test_the_tree_shows_head_counts_and_what_is_not_right(app, browser, admin, chen, clock):
    with transaction():
        deactivate_person(admin.actor, chen.row, clock())
        save_team(None, None, "North", None, None, clock())
    page = browser(admin).get(ADDRESS).text
    assert page.index("East") < page.index("Shanghai")
    for words in ("4 people · 1 directly", "No leader", "Leader left", "People without a team"):
        assert words in page, words


def test_a_team_is_added_and_its_leader_made_a_manager(app, browser, admin, alice):
    form = {"name": " West ", "parent_id": "", "leader_id": alice.id, "make_manager": "y"}
    # Alice is no candidate outside of her own team before she is a manager.
    assert browser(admin).post(ADD, data=form).status_code == 422
    row = team("Shanghai")
    answer = browser(admin).post(f"{ADDRESS}/{row.id}/edit",
                                 data=form_of(row, leader_id=alice.id, make_manager="y"))
    assert answer.status_code == 303
    assert team("Shanghai").leader_id == alice.id
    assert alice.row.role == "manager"
    assert browser(admin).post(ADD, data=form).status_code == 303
    assert team("West").leader_id == alice.id


def test_a_leader_who_is_no_manager_is_warned_about(app, browser, admin, alice):
    row, boss = team("Shanghai"), browser(admin)
    answer = boss.post(f"{ADDRESS}/{row.id}/edit", data=form_of(row, leader_id=alice.id))
    assert alice.row.role == "rep"
    assert "only managers validate cases" in boss.get(answer.location).text


@pytest.mark.parametrize(("changes", "words"), [
    ({"name": ""}, "This is needed."), ({"name": "South"}, "already a team of this name"),
    ({"parent_id": "999"}, "Not a valid choice"), ({"leader_id": "999"}, "Not a valid choice"),
])
def test_what_is_wrong_is_said(browser, admin, changes, words):
    row = team("Shanghai")
    answer = browser(admin).post(f"{ADDRESS}/{row.id}/edit", data=form_of(row, **changes))
    assert answer.status_code == 422
    assert words in answer.text


def test_no_team_stands_below_itself(browser, admin):
    row, below = team("East"), team("Shanghai")
    for parent in (row, below):
        answer = browser(admin).post(f"{ADDRESS}/{row.id}/edit",
                                     data=form_of(row, parent_id=parent.id))
        assert answer.status_code == 422
    assert team("East").parent_id is None


def test_a_stale_form_overwrites_nothing_before_it_is_sent_again(app, browser, admin, clock):
    row, boss = team("South"), browser(admin)
    address = f"{ADDRESS}/{row.id}/edit"
    base = re.search(r'name="base"[^>]*value="([^"]+)"', boss.get(address).text)[1]
    old = form_of(row)
    with transaction():
        save_team(None, row, "Far South", None, row.leader_id, clock())
    answer = boss.post(address, data={**old, "name": "Deep South", "base": base})
    assert answer.status_code == 409
    assert team("Far South") is not None
    base = re.search(r'name="base"[^>]*value="([^"]+)"', answer.text)[1]
    again = boss.post(address, data={**old, "name": "Deep South", "base": base})
    assert again.status_code == 303
    assert team("Deep South") is not None


def test_an_empty_team_is_dissolved_and_its_cases_go_to_the_heir(
    app, browser, admin, alice, record, empty_team
):
    case = record(alice, audience="team")
    with transaction():
        db.session.get(Case, case.id).team_id = empty_team
    answer = browser(admin).post(f"{ADDRESS}/{empty_team}/dissolve",
                                 data={"heir_id": alice.team_id})
    assert answer.status_code == 303
    assert team("Pudong") is None
    assert db.session.get(Case, case.id).team_id == alice.team_id


def test_who_left_goes_to_a_team_that_is_led(app, browser, admin, bob, mei, empty_team, clock,
                                             deal):
    customer_id = deal(bob).customer_id
    with transaction():
        bob.row.team_id = empty_team
        deactivate_person(admin.actor, bob.row, clock())
    answer = browser(admin).post(f"{ADDRESS}/{empty_team}/dissolve", data={"heir_id": ""})
    assert answer.status_code == 422 and "People who left stand in this team: 1" in answer.text
    page = browser(admin).get(f"{ADDRESS}/{empty_team}/edit").text
    assert "1 person who left" in page
    answer = browser(admin).post(f"{ADDRESS}/{empty_team}/dissolve",
                                 data={"heir_id": mei.team_id})
    assert answer.status_code == 303
    assert bob.row.team_id == mei.team_id
    assert browser(mei).get(f"/customers/{customer_id}").status_code == 200
    assert f'value="{customer_id}"' in browser(mei).get("/customers/without-owner").text


def test_a_rule_of_allocation_goes_to_the_heir_or_ends(app, browser, admin, wang, empty_team, clock,
                                                       alice):
    with transaction():
        rules = [add_rule(wang.actor, RuleContent(team_id=empty_team), clock()).id]
    browser(admin).post(f"{ADDRESS}/{empty_team}/dissolve", data={"heir_id": alice.team_id})
    assert db.session.get(AllocationRule, rules[0]).team_id == alice.team_id
    with transaction():
        other = save_team(None, None, "Pudong", None, None, clock()).id
        rules.append(add_rule(wang.actor, RuleContent(team_id=other), clock()).id)
    answer = browser(admin).post(f"{ADDRESS}/{other}/dissolve", data={"heir_id": ""})
    assert answer.status_code == 303
    gone = db.session.get(AllocationRule, rules[1])
    assert gone.team_id is None and gone.removed_at is not None


@pytest.mark.parametrize("name", ["Shanghai", "East"])
def test_a_team_with_people_or_teams_stays(app, browser, admin, name):
    answer = browser(admin).post(f"{ADDRESS}/{team(name).id}/dissolve", data={"heir_id": ""})
    assert answer.status_code == 422
    assert team(name) is not None


@pytest.mark.parametrize("heir", ["itself", "999999", "x"])
def test_the_heir_must_be_another_team(app, browser, admin, empty_team, heir):
    form = {"heir_id": empty_team if heir == "itself" else heir}
    answer = browser(admin).post(f"{ADDRESS}/{empty_team}/dissolve", data=form)
    assert answer.status_code == 422
    assert team("Pudong") is not None


def test_others_may_not(browser, alice, mei, hr):
    for person in (alice, mei, hr):
        visitor = browser(person)
        assert visitor.get(ADDRESS).status_code == 403
        assert visitor.post(ADD).status_code == 403
        assert visitor.get(f"{ADDRESS}/1/edit").status_code == 403
        assert visitor.post(f"{ADDRESS}/1/dissolve").status_code == 403
    assert browser().get(ADDRESS).status_code == 302


def test_addresses_and_methods(browser, admin):
    for number in (9999, 2**40):
        assert browser(admin).get(f"{ADDRESS}/{number}/edit").status_code == 404
        assert browser(admin).post(f"{ADDRESS}/{number}/dissolve").status_code == 404
    assert browser(admin).post(ADDRESS).status_code == 405
    assert browser(admin).get(f"{ADDRESS}/1/dissolve").status_code == 405
