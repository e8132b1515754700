"""Library health: counts over what one may read, each opening exactly its cases."""

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from portal.cases.actions.cases import validate_case
from portal.cases.actions.reuse import reuse_case
from portal.cases.actions.talk import propose_solution
from portal.cases.health import slices
from portal.cases.health.measures import measures
from portal.cases.health.slices import Scope
from portal.cases.trust.actions.flagging import raise_flag
from portal.core import clock as portal_clock
from tests.counting import statements_of


@pytest.fixture
def library(record, act, clock, alice, bob, carol, mei, chen):
    """Some of everything, over four months."""
    made = {"old": record(alice, kind="lesson", title="Old lesson", tags=("a",), source="visit")}
    act(validate_case, mei.actor, made["old"], clock())
    made["asked"] = record(bob, title="Long asked")
    clock.move(days=100)
    made["intel"] = record(alice, kind="intel", title="Fresh intel", source="lead")
    act(validate_case, mei.actor, made["intel"], clock())
    made["english"] = record(carol, kind="lesson", title="Only in the South", body="In English.",
                             audience="team")
    made["zh"] = record(bob, kind="lesson", title="带专家去", body="早一点", tags=("b",))
    made["new question"] = record(alice, title="New question")
    made["answered"] = record(alice, title="Answered question")
    act(propose_solution, bob.actor, made["answered"], "So", clock())
    record(alice, kind="lesson", title="Draft", draft=True)
    act(reuse_case, bob.actor, made["intel"], "", clock())
    act(raise_flag, bob.actor, made["intel"], "wrong", "", None, clock())
    return made


def table(app, person, name, team=None):
    """Text of the first cell → the values after it."""
    tree = person.actor.tree
    scope = Scope(portal_clock.today(), team, tree.subtree(team) if team else None)
    with app.test_request_context(headers={"Accept-Language": "en"}):
        found = {each.name: each for each in measures(person.actor, scope)}
        return {row[0].text: [cell.value for cell in row[1:]] for row in found[name].rows}


def test_the_numbers(app, library, mei, alice):
    trust = table(app, mei, "trust")
    assert trust["Validated"][0] == 1
    assert trust["Verification overdue"][0] == 1
    assert trust["With an open flag"][0] == 1
    assert trust["Without tags"][0] == 4
    assert table(app, mei, "unanswered") == {
        "Up to 3 days": [1], "4 to 7 days": [0], "8 to 30 days": [0], "More than 30 days": [1]}
    assert table(app, mei, "overdue") == {alice.name: [1]}
    use = table(app, mei, "use")
    assert list(use) == sorted(use)
    assert len(use) == 12
    assert use["2026-06"] == [0, 2]
    assert use["2026-09"] == [1, 4]
    assert table(app, mei, "links")["A visit"][0] == 1


def test_what_one_may_not_read_is_counted_nowhere(app, library, mei, chen, hr):
    assert table(app, chen, "use")["2026-09"] == [1, 5]
    assert table(app, mei, "use")["2026-09"] == table(app, hr, "use")["2026-09"] == [1, 4]
    assert sum(row[0] for row in table(app, chen, "languages").values()) == 7
    assert sum(row[0] for row in table(app, hr, "languages").values()) == 6


def test_a_team_counts_for_itself(app, library, mei, chen):
    assert sum(row[0] for row in table(app, chen, "languages", chen.team_id).values()) == 1
    assert sum(row[0] for row in table(app, mei, "languages", mei.team_id).values()) == 6


@pytest.mark.parametrize("login", ["mei", "chen", "hr"])
def test_every_number_opens_as_many_cases(library, browser, request, login):
    person = browser(request.getfixturevalue(login))
    page = person.get("/cases/health?team=all").text
    links = re.findall(r'data-value="(\d+)"><a href="(/cases/health/cases[^"]*)">(\d+)</a>', page)
    assert len(links) > 8
    for value, url, shown in links:
        assert value == shown
        if "what=reused" in url:
            continue
        rows = person.get(url.replace("&amp;", "&")).text.count('<li class="list-row')
        assert rows == int(value), url


def test_owners_stand_by_name_whatever_they_have(record, act, clock, alice, bob, mei, app):
    for person, number in ((alice, 1), (bob, 3)):
        for n in range(number):
            case = record(person, kind="lesson", title=f"{person.login} {n}")
            act(validate_case, mei.actor, case, clock())
    clock.move(days=95)
    names = list(table(app, mei, "overdue"))
    assert names == sorted([alice.name, bob.name])


@pytest.mark.parametrize(("login", "status"), [
    ("alice", 403), ("mei", 200), ("wang", 200), ("hr", 200), ("admin", 200),
])
def test_who_opens_it(browser, request, login, status):
    person = browser(request.getfixturevalue(login))
    for url in ("/cases/health", "/cases/health/export", "/cases/health/cases?what=overdue"):
        assert person.get(url).status_code == status, url
        assert person.post(url).status_code == 405


def test_the_scope_begins_with_what_one_leads(library, browser, mei, wang, hr, chen):
    chosen = re.compile(r'<option value="(\w+)" selected>')
    assert chosen.search(browser(mei).get("/cases/health").text)[1] == str(mei.team_id)
    assert chosen.search(browser(wang).get("/cases/health").text)[1] == str(wang.team_id)
    assert chosen.search(browser(hr).get("/cases/health").text)[1] == "all"
    assert browser(mei).get(f"/cases/health?team={chen.team_id}").status_code == 404
    assert browser(hr).get(f"/cases/health?team={chen.team_id}").status_code == 200


@pytest.mark.parametrize("query", [
    "what=secret", "what=created", "what=created&value=2026-13", "what=source&value=moon",
    "what=unanswered&value=5", "what=of_owner&value=x", "what=language&value=tlh",
    "what=overdue&team=999", "what=of_owner&value=999999999999",
    "what=created&value=0001-01", "what=reused&value=9999-12",
])
def test_odd_addresses_open_nothing(browser, mei, query):
    answer = browser(mei).get(f"/cases/health/cases?{query}")
    assert answer.status_code in (200, 404)
    assert '<li class="list-row' not in answer.text


def test_the_workbook_holds_the_tables(library, browser, mei):
    answer = browser(mei).get("/cases/health/export")
    book = load_workbook(io.BytesIO(answer.data))
    assert "Trust" in book.sheetnames
    rows = list(book["Trust"].iter_rows(values_only=True))
    assert rows[0] == ("State", "Cases", "Share")
    assert rows[1][:2] == ("Validated", 1)


def test_the_last_twelve_months():
    found = slices.months(date(2026, 3, 31))
    assert (found[0], found[-1], len(found)) == (date(2025, 4, 1), date(2026, 3, 1), 12)


def test_statements_do_not_grow(app, library, record, alice, browser, mei):
    person = browser(mei)
    pages = ("/cases/health", "/cases/review", "/cases/review?tab=flagged", "/cases/overdue", "/",
             f"/cases/review/{library['zh'].id}", f"/cases/{library['intel'].id}")
    few = {url: len(statements_of(app, person, url)) for url in pages}
    for number in range(20):
        record(alice, kind="lesson", title=f"Lesson {number}", tags=(f"t{number}",))
    many = {url: len(statements_of(app, person, url)) for url in pages}
    assert {url: (few[url], many[url]) for url in pages if many[url] > few[url] + 1} == {}
