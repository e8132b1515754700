"""The analysis over HTTP: who sees which numbers, and that each opens exactly its cases."""

import re
from dataclasses import replace
from html import unescape

import pytest

from portal.cases.actions.cases import archive_case, edit_case
from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from tests.counting import statements_of

TOTAL = re.compile(r"(\d+) cases?\s*<a class=\"btn btn-sm\" href=\"/analysis")
CELL = re.compile(
    r'<td class="number[^"]*" data-value="([^"]*)"[^>]*><a href="([^"]+)">([^<]+)</a>')


@pytest.fixture
def deals(deal, bob):
    """Four losses and two wins of several kinds."""
    deal("loss", reason="price", product="erp", competitors=("金蝶",), price_gap="12.5",
         cycle_days=90, stage_reached="negotiation", roles_reached=("procurement",),
         contributing_reasons=("timing", "price"), industry="retail", region="east")
    deal("loss", reason="price", product="erp", competitors=(" 金 蝶 ", "SAP"), amount_band="gt5m")
    deal("loss", reason="relationship", product="mes", competitors=("ｓａｐ",), by=bob)
    deal("loss")
    deal("win", reason="relationship", product="erp", competitors=("SAP",), cycle_days=40)
    deal("win", reason="product_fit", roles_reached=("decision_maker", "procurement"))


@pytest.fixture
def edit(app, alice, clock):
    def edit_one(case, **changes):
        with transaction():
            row = db.session.get_one(Case, case.id)
            edit_case(alice.actor, row, replace(row.content, **changes), row.revision, "", clock())

    return edit_one


def listed(person, address):
    page = person.get(unescape(address))
    assert page.status_code == 200
    found = TOTAL.search(page.text)
    assert found, page.text
    return int(found[1])


def test_every_number_opens_exactly_its_cases(browser, mei, deals):
    person = browser(mei)
    page = person.get("/analysis").text
    cells = CELL.findall(page)
    assert len(cells) > 40
    for _value, address, said in set(cells):
        number = int(re.match(r"\d+", said)[0])
        assert listed(person, address) == number, (address, said)


def test_the_list_shows_them(browser, mei, deals):
    page = browser(mei).get("/analysis/cases?competitor=sap&outcome=loss").text
    assert page.count('class="list-row-title"') == 2
    assert "loss deal" in page
    assert "win deal" not in page


def test_spellings_of_a_competitor_are_one(browser, mei, deals):
    assert listed(browser(mei), "/analysis/cases?competitor=金 蝶") == 2


def test_few_deals_are_not_made_much_of(browser, mei, deals):
    page = browser(mei).get("/analysis").text
    assert "2 won, 4 lost." in page
    assert "Only 6 deals: too few for a conclusion." in page
    assert " %" not in re.sub(r"<[^>]*>", "", page.split('id="analysis"')[1].split("Price gap")[0])


def test_enough_deals_are_told_in_percent(browser, mei, deal):
    for _each in range(15):
        deal("loss", reason="price")
    for _each in range(24):
        deal("loss", reason="timing")
    for _each in range(13):
        deal("win")
    page = browser(mei).get("/analysis").text
    assert "13 won, 39 lost. Win rate 25 %." in page
    assert "15 of 39 · 38 %" in page


def test_only_what_a_person_may_read_is_counted(app, browser, alice, carol, mei, deal, clock):
    deal("loss", audience="team")
    deal("loss", audience="managers")
    deal("loss", draft=True)
    with transaction():
        archive_case(alice.actor, db.session.get_one(Case, deal("loss").id), clock())
    deal("win")
    numbers = [listed(browser(person), "/analysis/cases") for person in (carol, mei, alice)]
    assert numbers[0] == 1
    assert numbers[2] == 3
    page = browser(carol).get("/analysis")
    assert "1 won, 0 lost." in page.text


def test_spans_and_what_was_before(browser, mei, deal, clock):
    deal("loss")
    clock.move(days=400)
    deal("win")
    person = browser(mei)
    assert "1 won, 0 lost." in person.get("/analysis").text
    assert "1 won, 1 lost." in person.get("/analysis?period=all").text
    assert listed(person, "/analysis/cases?period=custom&from=2026-05-01&to=2026-06-30") == 1


@pytest.mark.parametrize(
    "nonsense",
    ["period=x", "period=custom", "period=custom&from=2026-13-99&to=1", "from=1", "team=99999999",
     "team=x", "product=nothing", "month=2026-99", "gap=%00", "competitor=" + "长" * 500,
     "outcome=win&outcome=loss", "page=99", "period=custom&from=0001-01-01&to=9999-12-31"],
)
def test_an_odd_address_is_an_answer(browser, mei, deals, nonsense):
    for path in ("/analysis", "/analysis/cases"):
        assert browser(mei).get(f"{path}?{nonsense}").status_code == 200


def test_teams_apart_for_who_answers_for_them(browser, alice, mei, deals):
    assert 'name="team"' in browser(mei).get("/analysis").text
    assert 'name="team"' not in browser(alice).get("/analysis").text
    all_of_them = listed(browser(alice), "/analysis/cases")
    assert listed(browser(alice), f"/analysis/cases?team={mei.actor.team_id}") == all_of_them


def test_a_changed_deal_is_counted_anew(app, browser, alice, mei, deal, edit):
    case = deal("loss", reason="price", product="erp")
    person = browser(mei)
    assert listed(person, "/analysis/cases?product=erp") == 1
    edit(case, product="mes")
    assert listed(person, "/analysis/cases?product=erp") == 0
    assert listed(person, "/analysis/cases?product=mes") == 1


def test_a_part_for_htmx_and_the_whole_page(browser, mei, deals):
    person = browser(mei)
    for path, root in (("/analysis", "analysis"), ("/analysis/cases", "cases")):
        part = person.fragment(path).text.strip()
        assert part.startswith(f'<div id="{root}">')
        assert f'<div id="{root}">' in person.get(path).text


def test_nobody_else_gets_in(browser):
    for path in ("/analysis", "/analysis/cases", "/analysis/export"):
        assert browser().get(path).status_code in (302, 303, 401)
        assert browser().post(path).status_code in (302, 303, 401, 405)


def test_nothing_recorded_says_what_to_do(browser, mei):
    assert "No deals in this span" in browser(mei).get("/analysis").text
    assert browser(mei).get("/analysis/export").status_code == 200


def test_statements_do_not_grow_with_the_deals(app, browser, mei, deal):
    person = browser(mei)
    deal("loss", reason="price", competitors=("A",))
    pages = ("/analysis", "/analysis/cases", "/analysis?product=erp")
    for page in pages:
        person.get(page)
    few = [len(statements_of(app, person, page)) for page in pages]
    for number in range(30):
        deal("win" if number % 2 else "loss", reason="timing", competitors=(f"C{number}",))
    for page in pages:
        person.get(page)
    many = [len(statements_of(app, person, page)) for page in pages]
    assert many == few
    assert max(many) <= 12
