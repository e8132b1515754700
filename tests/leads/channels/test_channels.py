"""The monthly review of channels: numbers, whose they are, and the file."""

import html
import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.channels.queries import review
from portal.leads.channels.rules import Numbers, Row, share, total
from portal.leads.models import Lead
from portal.leads.months import Month, month_named
from portal.leads.queries.filters import LeadFilters
from portal.leads.queries.leads import visible_to
from portal.leads.teams import scope
from tests.counting import statements_of

JUNE = Month(2026, 6)


def change(lead, **values):
    with transaction():
        for name, value in values.items():
            setattr(db.session.get(Lead, lead.id), name, value)


def rows_of(person, month=JUNE):
    rows = review(person.actor, scope(person.actor, None), month)
    return {row.channel: row for row in rows}


@pytest.fixture
def three(make_lead, alice, bob, carol, clock):
    """Two of the fair, one of them won; one of the web, of another team, lost."""
    won = make_lead(alice, channel="fair", amount=Decimal("900"))
    make_lead(bob, "北京蓝天贸易有限公司", channel="fair")
    lost = make_lead(carol, "广州南天电子有限公司", channel="web")
    change(won, status="won", closed_at=clock(), contract_amount=Decimal("800"), score=80)
    change(lost, status="lost", closed_at=clock() + timedelta(days=40))


def test_what_a_month_brought(three, mei):
    fair = rows_of(mei)["fair"].now
    assert (fair.created, fair.qualified, fair.won_of_created, fair.closed, fair.won) == (
        2, 1, 1, 1, 1)
    assert fair.amounts == {"CNY": Decimal("800")}
    assert (fair.qualified_share, fair.conversion, fair.win_rate) == (50, 50, 100)
    assert rows_of(mei, JUNE.plus(1))["fair"].before == fair


def test_leaders_see_their_own_teams(three, mei, wang, chen):
    assert rows_of(mei)["web"].now.is_empty and rows_of(wang)["fair"].now.created == 2
    assert rows_of(chen)["web"].now.created == 1 and rows_of(chen)["fair"].now.is_empty
    assert rows_of(chen, JUNE.plus(1))["web"].now.closed == 1


def test_every_number_is_that_of_its_list(app, three, mei, clock):
    def listed(**narrower):
        filters = LeadFilters(**{**scope(mei.actor, None).__dict__, "channel": "fair",
                                 **narrower})
        query = filters.where(visible_to(mei.actor), mei.actor, clock())
        return len(db.session.scalars(query).all())

    fair = rows_of(mei)["fair"].now
    assert fair.created == listed(created="2026-06", status="all")
    assert fair.qualified == listed(created="2026-06", status="all", score_from=70)
    assert fair.won_of_created == listed(created="2026-06", status="won")
    assert fair.closed == listed(closed="2026-06", status="all")
    assert listed(created="2026-05", status="all") == 0


def test_a_number_opens_its_leads(three, browser, wang, mei):
    for person in (wang, mei):
        client = browser(person)
        page = client.get("/leads/channels?month=2026-06")
        link = re.search(r'href="(/leads\?[^"]*channel=fair[^"]*)">2<', page.text)
        listed = client.get(html.unescape(link[1]))
        assert listed.status_code == 200
        assert "上海远洋机械有限公司" in listed.text and "北京蓝天贸易有限公司" in listed.text


def test_the_page_and_the_file(three, browser, mei, alice, hr):
    page = browser(mei).get("/leads/channels?month=2026-06")
    assert page.status_code == 200 and "Trade fair" in page.text and "¥800" in page.text
    assert browser(mei).get("/leads/channels?month=nonsense&team=99").status_code == 200
    assert "<html" not in browser(mei).fragment("/leads/channels?month=2026-05").text
    file = browser(mei).get("/leads/channels.xlsx?month=2026-06")
    sheet = load_workbook(BytesIO(file.data)).active
    lines = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    assert lines["Trade fair"][1:10] == (2, 1, 50, 1, 50, 1, 1, 100, 800)
    for person in (alice, hr):
        assert browser(person).get("/leads/channels").status_code == 403
        assert browser(person).get("/leads/channels.xlsx").status_code == 403
    assert browser(mei).post("/leads/channels").status_code == 405


def test_the_page_asks_as_often_however_many_leads(app, make_lead, browser, alice, mei):
    client = browser(mei)
    before = statements_of(app, client, "/leads/channels")
    for number, channel in enumerate(("fair", "web", "phone", "other")):
        make_lead(alice, f"第{number}号客户{number}公司", channel=channel)
    assert len(statements_of(app, client, "/leads/channels")) == len(before)


@given(st.integers(2001, 2098), st.integers(1, 12), st.integers(-500, 500))
def test_months_follow_each_other(year, number, step):
    month = Month(year, number)
    assert month.plus(step).plus(-step) == month
    assert (month.plus(step) > month) == (step > 0)
    assert month_named(month.code) == month


def test_what_is_no_month():
    for text in ("", "2026-13", "2026-5", "1999-01", "2026-05-01", "x"):
        assert month_named(text) is None


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_share_is_whole_and_of_something(part, whole):
    found = share(min(part, whole), whole)
    assert (found is None) == (whole == 0)
    assert found is None or 0 <= found <= 100


def test_all_channels_together():
    one = Numbers(3, 2, 1, 1, 1, {"CNY": Decimal("5")})
    whole = total([Row("a", one, Numbers()), Row("b", one, one)])
    assert (whole.now.created, whole.before.created, whole.now.amounts["CNY"]) == (6, 3, 10)
    assert one.amounts == {"CNY": Decimal("5")}
