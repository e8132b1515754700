"""The sidebar: where each of us may go, in one order, and where one is."""

import pytest
from bs4 import BeautifulSoup
from flask import g
from flask_babel import force_locale

from portal import features
from portal.cases.events import CaseRecorded
from portal.features.gives import Gives, together
from portal.features.navigation import Place, sidebar

HOUSE = ["Today", "Case library"]
SELLING = ["Customers & leads", "Visits"]
ADMIN = ["People and roles", "Teams", "Lists and templates", "Stages of leads", "Scoring of leads",
         "Allocation", "Options", "Messages", "Synonyms", "Working calendar", "Import and export",
         "Audit log"]


@pytest.fixture
def shown(app, request):
    """`shown("mei", "/leads")`: the sidebar of mei there; * where she is."""

    def entries(login, address="/", places=features.ALL.places):
        person = request.getfixturevalue(login)
        with app.test_request_context(address), force_locale("en"):
            g.actor = person.actor
            return [(f"{entry.label}{'*' if entry.active else ''}",
                     [f"{one.label}{'*' if one.active else ''}" for one in entry.children])
                    for entry in sidebar(places)]

    return entries


@pytest.mark.parametrize(("login", "places", "manage"), [
    ("alice", [*HOUSE, *SELLING, "People"], []),
    ("mei", [*HOUSE, *SELLING, "People", "Gaps", "Alerts"], ["Synonyms", "Import and export"]),
    ("wang", [*HOUSE, *SELLING, "People", "Gaps", "Alerts"],
     ["Allocation", "Synonyms", "Import and export"]),
    ("hr", [*HOUSE, "People", "Gaps"], ["Working calendar"]),
    ("admin", [*HOUSE, "People", "Gaps"], ADMIN),
])
def test_everybody_sees_where_they_may_go(shown, login, places, manage):
    found = shown(login, "/healthz")
    assert [label for label, _children in found] == [*places, *(["Manage"] if manage else [])]
    assert [one for _label, children in found for one in children] == manage


@pytest.mark.parametrize(("address", "here"), [
    ("/", "Today*"), ("/cases", "Case library*"), ("/leads", "Customers & leads*"),
    ("/customers", "Customers & leads*"), ("/leads/pool", "Customers & leads*"),
    ("/visits", "Visits*"), ("/people", "People*"), ("/people/1", "People*"),
    ("/search/gaps", "Gaps*"), ("/alerts", "Alerts*"),
])
def test_where_one_is(shown, address, here):
    assert [label for label, _children in shown("mei", address) if label.endswith("*")] == [here]


@pytest.mark.parametrize(("address", "here"), [
    ("/manage/people", "People and roles*"), ("/manage/stages", "Stages of leads*"),
    ("/cases/import", "Import and export*"),
])
def test_where_one_manages(shown, address, here):
    found = shown("admin", address)
    assert [label for label, _children in found if label.endswith("*")] == ["Manage*"]
    assert [one for one in found[-1][1] if one.endswith("*")] == [here]


def test_a_new_room_stands_where_its_number_says(shown):
    room = Place(45, "Targets", "home.today", "flag", "lead:use", inside=("visits.",))
    found = [label for label, _children in shown("alice", "/visits", [*features.ALL.places, room])]
    assert found == [*HOUSE, "Customers & leads", "Visits*", "Targets*", "People"]
    assert "Targets" not in str(shown("hr", "/", [*features.ALL.places, room]))


def test_the_page_shows_it(browser, alice):
    page = BeautifulSoup(browser(alice).get("/").text, "html.parser")
    assert page.select_one("nav a[aria-current=page]").get_text(strip=True).startswith("Today")


def test_what_rooms_give_is_put_together():
    """Reactions to the same stand behind each other."""
    one = Gives(today=(print,), during={CaseRecorded: (print,)})
    other = Gives(today=(repr,), during={CaseRecorded: (repr,)}, afterwards={CaseRecorded: (len,)})
    both = together(one, other)
    assert both.today == (print, repr)
    assert both.during == {CaseRecorded: [print, repr]}
    assert both.afterwards == {CaseRecorded: [len]}
