"""What is searched together: the library by default, people, later customers and leads."""

import re
from datetime import UTC, datetime

import pytest

from portal import features
from portal.commands.search import search as command
from portal.core.unit_of_work import transaction
from portal.people.actions import PersonFacts, add_person, change_person, deactivate_person
from portal.people.actions.teams import save_team
from portal.people.models import Team
from portal.search import find, sources
from portal.search.document import Document
from portal.search.indexer import engine, rebuild, total
from portal.search.people import no_codes, no_labels
from portal.search.sources import Card, Source


@pytest.fixture
def people(found):
    """`people(bob, "李")`: the names found in the scope of people."""

    def ask(person, text):
        return found(person, text, scope="people")

    return ask


def test_people_are_no_hits_of_the_library(app, found, people, bob, alice):
    assert found(bob, "李爱丽") == []
    assert people(bob, "李爱丽") == ["李爱丽"]
    assert find.similar(bob.actor, "李爱丽") == []


@pytest.mark.parametrize("text", ["李愛麗", "liaili", "li", "lal", "ALICE", "ali", "Shanghai"])
def test_people_are_found_by_any_spelling_login_and_team(app, people, bob, text):
    assert "李爱丽" in people(bob, text)


def test_people_follow_every_change(app, people, admin, alice, bob, clock):
    facts = PersonFacts(login="zhuge", name="诸葛明", team_id=bob.team_id)
    with transaction():
        add_person(admin.id, facts, clock())
    assert people(bob, "诸葛明") == ["诸葛明"]
    with transaction():
        change_person(admin.actor, alice.row, PersonFacts("alice", "诸葛爱丽"), clock())
    assert set(people(bob, "诸葛")) == {"诸葛明", "诸葛爱丽"}
    with transaction():
        team = app.extensions["sqlalchemy"].session.get(Team, bob.team_id)
        save_team(admin.id, team, "苏州组", team.parent_id, team.leader_id, clock())
    assert "诸葛明" in people(bob, "苏州组")
    assert "张博" in people(bob, "苏州组")
    assert people(bob, "Shanghai") == []
    with transaction():
        deactivate_person(admin.actor, alice.row, clock())
    assert people(bob, "诸葛") == ["诸葛明"]


def test_a_rebuilt_index_holds_the_same_people(app, people, admin, alice, bob, clock):
    with transaction():
        deactivate_person(admin.actor, alice.row, clock())
    rebuild()
    assert people(bob, "李爱丽") == []
    assert people(bob, "张博") == ["张博"]
    assert len(engine().refs()) == total()


def test_the_page_has_a_tab_for_people(record, browser, bob, alice):
    record(alice, title="李爱丽教的报价法")
    person = browser(bob)
    page = person.get("/search?q=李爱丽").text
    assert re.search(r'Case library <span class="tab-count">1<', page)
    address = re.search(r'href="([^"]*scope=people)"', page).group(1)
    there = person.get(address.replace("&amp;", "&")).text
    assert re.search(r'People <span class="tab-count">1<', there)
    assert f'href="/people/{alice.id}" data-opened="person:{alice.id}"' in there
    assert "Filters" not in there


def test_the_command_searches_the_library(app, bob):
    answer = app.test_cli_runner().invoke(command, ["李爱丽", "--as", "bob"])
    assert answer.exit_code == 0, answer.output
    assert "/people/" not in answer.output


@pytest.fixture
def with_customers(app):
    """A source of another scope, as customers and leads will be."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)

    def documents(ids):
        for number in ids:
            yield Document(
                ref=f"lead:{number}", title=f"华东汽配厂 {number}", body="要 ERP",
                access=frozenset({"all"} if number == 1 else {"managers"}),
                facets={"scope": ("customers",)}, names=(), created=moment, updated=moment,
            )

    def cards(actor, ids):
        return {number: Card(f"lead:{number}", str(number), "lead", f"华东汽配厂 {number}", "/", "",
                             "", moment) for number in ids if number == 1 or actor.is_manager}

    leads = Source("lead", lambda row: None, documents, lambda: [1, 2], cards, no_labels, no_codes,
                   scope="customers")
    sources.install([*features.ALL.sources, leads])
    rebuild()
    yield
    sources.install(features.ALL.sources)
    rebuild()


def test_customers_and_leads_come_alive_with_their_source(with_customers, record, found, browser,
                                                          bob, mei, alice):
    record(alice, title="汽配厂丢单复盘")
    assert found(bob, "汽配厂") == ["汽配厂丢单复盘"]
    assert found(bob, "汽配厂", scope="customers") == ["华东汽配厂 1"]
    assert len(found(mei, "汽配厂", scope="customers")) == 2
    page = browser(bob).get("/search?q=汽配厂").text
    assert re.search(r'Customers and leads <span class="tab-count">1<', page)
    assert "Customers and leads" not in browser(bob).get("/search?q=汽配厂&scope=gossip").text \
        .partition('aria-current="page"')[2].partition("</a>")[0]


def test_what_only_another_scope_finds_is_told(with_customers, browser, bob):
    page = browser(bob).get("/search?q=华东汽配厂 1").text
    assert re.search(r'scope=customers">in “Customers and leads” <span[^>]*>1<', page)
