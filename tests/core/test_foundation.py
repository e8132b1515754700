"""The tests stand on firm ground: commits are real, every test starts on the first morning."""

import pytest
from sqlalchemy import text

from portal.cases.models import Case
from portal.core import clock as portal_clock
from portal.extensions import db
from portal.search import find
from tests.frozen_clock import MONDAY_MORNING


@pytest.mark.parametrize("run", ["first", "second"])
def test_every_test_finds_the_standing_department_and_no_case(app, alice, record, run):
    assert db.session.query(Case).count() == 0
    case = record(alice, title="撞单怎么办")
    assert case.id == 1
    with app.test_request_context():
        assert find.search(alice.actor, "撞单").total == 1


def test_people_stand_where_the_characters_file_says(app, alice, mei, wang, carol, chen):
    assert alice.actor.tree.leaders_above(alice.id, alice.team_id) == (mei.id, wang.id)
    assert carol.actor.tree.leaders_above(carol.id, carol.team_id) == (chen.id,)


def test_a_browser_is_signed_in_as_its_person(browser, alice):
    answer = browser(alice).post("/preferences", data={"theme": "dark", "locale": ""})
    assert answer.status_code == 303
    assert alice.row.theme == "dark"


def test_a_browser_without_person_is_nobody(browser):
    assert browser().get("/").status_code == 302


def test_forms_need_their_token(browser, alice):
    answer = browser(alice).post("/preferences", data={"theme": "dark", "locale": ""}, csrf=False)
    assert answer.status_code == 400
    assert alice.row.theme == "system"


def test_the_clock_stands_until_it_is_moved(app, clock):
    assert portal_clock.now() == MONDAY_MORNING
    clock.move(days=1)
    assert (portal_clock.now() - MONDAY_MORNING).days == 1


def test_a_request_shares_nothing_with_the_test(browser, alice, record):
    case = record(alice, title="Before")
    assert db.session.get(Case, case.id).title == "Before"
    with db.engine.connect() as other:
        # A connection of its own sees it: the commit was real.
        assert other.execute(text("SELECT title FROM cases")).scalar() == "Before"
