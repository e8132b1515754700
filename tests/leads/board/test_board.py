"""Leads as a list and as a board: filters in the address, kept views, many at once, a file."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.actions.leads import set_next_step
from portal.leads.board.models import SavedView
from portal.leads.models import Lead
from tests.counting import statements_of

COMPANIES = ("苏州恒通机电有限公司", "无锡北辰软件有限公司", "常州青云精工有限公司")


@pytest.fixture
def deals(deal, alice, bob):
    """Two of alice, one of bob."""
    return [deal(alice, COMPANIES[0], title="换仓储", amount=Decimal(100_000)),
            deal(alice, COMPANIES[1], title="数据平台", amount=Decimal(900_000), product="data"),
            deal(bob, COMPANIES[2], title="云服务")]


def names(page):
    return [name for name in COMPANIES if name in page]


def test_the_list_begins_with_ones_own(deals, browser, alice, bob):
    assert names(browser(alice).get("/leads").text) == [*COMPANIES[:2]]
    assert names(browser(bob).get("/leads").text) == [COMPANIES[2]]


def test_a_leader_sees_the_team(deals, browser, mei, chen):
    for address in ("/leads", "/leads/board", f"/leads?team={mei.team_id}"):
        assert names(browser(mei).get(address).text) == [*COMPANIES]
    assert names(browser(mei).get("/leads?owner=me").text) == []
    assert names(browser(mei).get("/leads?owner=all").text) == [*COMPANIES]
    assert names(browser(chen).get("/leads?owner=all").text) == []


@pytest.mark.parametrize(("query", "found"), [
    ("product=data", [1]), ("text=仓储", [0]), ("text=北辰", [1]), ("stage=acquired", [0, 1]),
    ("stage=proposal", []), ("status=won", []), ("score_from=70", []), ("sort=next", []),
    ("status=nonsense", [0, 1]), ("sort=nonsense", [0, 1]), ("score_from=x", [0, 1]),
])
def test_filters_stand_in_the_address(query, found, deals, browser, alice):
    page = browser(alice).get(f"/leads?{query}").text
    assert names(page) == [COMPANIES[number] for number in found]


def test_the_largest_comes_first_when_asked(deals, browser, alice):
    page = browser(alice).get("/leads?sort=amount").text
    assert page.index(COMPANIES[1]) < page.index(COMPANIES[0])


def test_only_steps_that_are_due(deals, browser, alice, clock):
    with transaction():
        lead = db.session.get(Lead, deals[0].id)
        set_next_step(alice.actor, lead, "报价", clock() + timedelta(hours=1), clock())
    me = browser(alice)
    assert names(me.get("/leads?due=1").text) == []
    clock.move(hours=2)
    assert names(me.get("/leads?due=1").text) == [COMPANIES[0]]
    assert names(me.get("/leads?sort=next").text) == [COMPANIES[0]]


def test_a_filter_changes_the_list_alone(deals, browser, alice):
    part = browser(alice).fragment("/leads?text=北辰").text
    assert part.strip().startswith('<div id="list">') and "<html" not in part


def test_nothing_found_says_so(deals, browser, alice):
    assert "No lead fits these filters" in browser(alice).get("/leads?text=nowhere").text


def test_the_board_has_a_column_for_each_stage(deals, browser, alice):
    page = browser(alice).get("/leads/board").text
    assert page.count('class="board-column"') == 7
    assert names(page) == [*COMPANIES[:2]]
    assert "¥1,000,000" in page
    assert f"/leads/{deals[0].id}/move/STAGE" in page


def test_the_board_is_narrowed_too(deals, browser, alice):
    assert names(browser(alice).fragment("/leads/board?product=data").text) == [COMPANIES[1]]


def test_a_view_is_kept_used_and_dropped(deals, browser, alice, bob):
    me = browser(alice)
    kept = me.post("/leads/views?owner=all&product=data", data={"name": "数据", "page": "list"})
    assert kept.status_code == 303
    view = db.session.query(SavedView).one()
    assert view.filters == {"owner": "all", "product": "data"}
    assert "数据" in me.get("/leads").text
    assert browser(bob).post(f"/leads/views/{view.id}/drop").status_code == 404
    dropped = me.post(f"/leads/views/{view.id}/drop")
    assert dropped.status_code == 303
    assert db.session.query(SavedView).count() == 0


def test_a_view_needs_a_name(browser, alice):
    me = browser(alice)
    me.post("/leads/views", data={"name": "  "})
    assert "Give the view a name" in me.get("/leads").text


def test_the_file_holds_what_the_list_shows(deals, browser, alice):
    answer = browser(alice).post("/leads/export.xlsx?product=data")
    rows = list(load_workbook(BytesIO(answer.data)).active.values)
    assert [row[0] for row in rows[1:]] == [COMPANIES[1]]
    assert rows[1][6] == 900_000


def test_formulas_stay_text(deal, browser, alice):
    deal(alice, COMPANIES[0], title="=1+1")
    answer = browser(alice).post("/leads/export.xlsx")
    cell = load_workbook(BytesIO(answer.data)).active["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_many_are_handed_over_at_once(deals, browser, mei, bob):
    answer = browser(mei).post("/leads/hand-over?owner=all", data={
        "lead": [str(deals[0].id), str(deals[1].id)], "asked": bob.name, "reason": "新区划"})
    assert answer.status_code == 303
    owners = {lead.owner_id for lead in db.session.query(Lead)}
    assert owners == {bob.id}


def test_what_cannot_be_handed_over_says_why(deals, deal, browser, mei, bob, carol):
    other = deal(carol, "广州南方电缆有限公司")
    answer = browser(mei).post("/leads/hand-over", data={
        "lead": [str(deals[0].id), str(deals[2].id), str(other.id), "999999"], "asked": bob.name})
    assert "1 lead handed over" in answer.text
    assert "has it already" in answer.text
    assert answer.text.count("There is no such lead") == 2
    assert "南方电缆" not in answer.text


@pytest.mark.parametrize("form", [
    {"asked": "张博"}, {"lead": "1", "asked": ""}, {"lead": "1", "asked": "nobody"},
])
def test_an_incomplete_hand_over_is_told(form, deals, browser, mei):
    assert browser(mei).post("/leads/hand-over?owner=all", data=form).status_code == 422


def test_a_refused_hand_over_keeps_what_was_chosen(deals, browser, mei):
    answer = browser(mei).post("/leads/hand-over?owner=all", data={
        "lead": [str(deals[0].id), str(deals[2].id)], "asked": "nobody"})
    chosen = re.findall(r'value="(\d+)" data-pick checked', answer.text)
    assert sorted(map(int, chosen)) == [deals[0].id, deals[2].id]


def test_a_rep_hands_nothing_over(deals, browser, alice, bob):
    browser(alice).post("/leads/hand-over", data={"lead": str(deals[0].id), "asked": bob.name})
    assert db.session.get(Lead, deals[0].id).owner_id == alice.id


def test_others_have_no_business_here(browser, hr, admin):
    for person in (hr, admin):
        assert browser(person).get("/leads").status_code == 403
        assert browser(person).post("/leads/export.xlsx").status_code == 403


@pytest.mark.parametrize("address", ["/leads?owner=all", "/leads/board?owner=all"])
def test_more_leads_ask_no_more(address, app, deal, browser, alice, mei):
    me = browser(mei)
    for number in range(2):
        deal(alice, f"镇江第{number + 3}精工有限公司")
    few = statements_of(app, me, address)
    for number in range(6):
        deal(alice, f"扬州第{number + 3}钢构有限公司")
    assert len(statements_of(app, me, address)) == len(few)
