"""The directory, a person's page, the teams."""

import pytest

from portal.core.unit_of_work import transaction
from portal.people.actions import deactivate_person
from portal.people.models import User


def test_the_directory_lists_everybody_who_is_there(app, browser, alice, bob, admin, clock):
    with transaction():
        deactivate_person(admin.actor, bob.row, clock())
    page = browser(alice).get("/people").text
    assert "李爱丽" in page
    assert "张博" not in page


@pytest.mark.parametrize(("text", "found"), [
    ("爱丽", True), ("李", True), ("%", False), ("_", False), ("nobody", False), ("alice", False),
])
def test_it_searches_names_and_no_logins(browser, bob, text, found):
    page = browser(bob).fragment(f"/people?q={text}").text
    assert ("李爱丽" in page) == found
    assert found or "Nobody found" in page


def test_typing_gets_the_fragment_alone(browser, bob):
    answer = browser(bob).fragment("/people?q=李")
    assert answer.text.lstrip().startswith('<div id="directory">')
    assert "<html" not in answer.text


def test_a_profile_tells_colleagues_what_they_need(browser, bob, alice, mei):
    page = browser(bob).get(f"/people/{alice.id}").text
    assert "李爱丽" in page
    assert "Shanghai" in page
    assert "梅芳" in page
    assert "alice@example.com" in page
    assert f'hx-get="/people/{alice.id}/cases"' in page
    assert "<dd>alice</dd>" not in page


def test_the_login_is_shown_to_oneself_and_the_administrator(browser, alice, admin):
    for reader in (alice, admin):
        assert "<dd>alice</dd>" in browser(reader).get(f"/people/{alice.id}").text


def test_the_manager_of_somebody_whose_leader_left_is_the_next_one_above(
    app, browser, alice, mei, wang, admin, clock
):
    with transaction():
        deactivate_person(admin.actor, mei.row, clock())
    page = browser(alice).get(f"/people/{alice.id}").text
    assert "王海" in page
    assert "梅芳" not in page


def test_who_left_is_marked(app, browser, alice, bob, admin, clock):
    with transaction():
        deactivate_person(admin.actor, bob.row, clock())
    assert "no longer works here" in browser(alice).get(f"/people/{bob.id}").text


def test_the_teams_stand_under_each_other_with_their_people(browser, alice):
    page = browser(alice).get("/teams").text
    assert page.index("East") < page.index("Shanghai") < page.index("South")
    assert "4 people · 1 directly" in page


def test_a_team_shows_its_leader_its_people_and_where_it_stands(browser, carol, alice):
    page = browser(carol).get(f"/teams/{alice.team_id}").text
    for part in ("Shanghai", "East", "梅芳", "李爱丽", "张博"):
        assert part in page
    assert f'hx-get="/teams/{alice.team_id}/cases"' in page


@pytest.mark.parametrize("address", ["/people/9999", "/teams/9999", f"/people/{2**40}",
                                     f"/teams/{2**40}"])
def test_what_is_not_there_is_not_found(browser, alice, address):
    assert browser(alice).get(address).status_code == 404


@pytest.mark.parametrize("address", ["/people", "/people/1", "/teams", "/teams/1"])
def test_pages_want_a_sign_in_and_take_no_post(browser, alice, address):
    assert browser().get(address).status_code == 302
    assert browser(alice).post(address).status_code == 405


def test_a_long_directory_costs_as_many_statements_as_a_short_one(
    app, browser, alice, statements, clock
):
    visitor = browser(alice)
    visitor.get("/people")
    statements.clear()
    visitor.get("/people")
    few = len(statements)
    with transaction() as session:
        session.add_all(
            User(login=f"n{number}", name=f"N{number}", role="rep", team_id=alice.team_id,
                 password_hash="!", created_at=clock(), must_change_password=False)
            for number in range(40)
        )
    statements.clear()
    visitor.get("/people")
    assert len(statements) == few
