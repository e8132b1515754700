"""The funnel in numbers: what stands where, how long it stayed, how much went on."""

from datetime import timedelta
from decimal import Decimal

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.queries.filters import LeadFilters
from portal.leads.stages.queries.funnel import bottleneck, funnel
from portal.leads.teams import scope
from tests.counting import statements_of


def rows_of(person, clock, filters=None, days=90):
    filters = filters or scope(person.actor, None)
    return {row.stage.code: row
            for row in funnel(person.actor, filters, clock() - timedelta(days=days))}


def test_counts_amounts_days_and_shares(make_lead, alice, bob, mei, move, clock):
    first = make_lead(alice, amount=Decimal("1000"))
    second = make_lead(bob, name="北京蓝天贸易有限公司", amount=Decimal("500"))
    third = make_lead(alice, name="广州南天电子有限公司", amount=Decimal("70"), currency="USD")
    clock.move(days=4)
    move(alice, first, "screened", answers={"acquired.reached": "yes"})
    clock.move(days=2)
    move(bob, second, "screened", answers={"acquired.reached": "yes"})
    with transaction():
        lost = db.session.get(Lead, third.id)
        lost.status, lost.closed_at = "lost", clock()
    rows = rows_of(mei, clock)
    assert (rows["acquired"].count, rows["screened"].count) == (0, 2)
    assert rows["screened"].amounts == {"CNY": Decimal("1500")}
    assert (rows["acquired"].days, rows["acquired"].over) == (5.0, 2.0)
    assert rows["acquired"].conversion == 66.7
    assert rows["needs"].days is None and rows["needs"].conversion is None


def test_everybody_counts_what_they_read(make_lead, alice, bob, carol, mei, wang, chen, clock):
    make_lead(alice)
    make_lead(bob, name="北京蓝天贸易有限公司")
    make_lead(carol, name="广州南天电子有限公司")
    counts = {person.login: rows_of(person, clock)["acquired"].count
              for person in (alice, bob, carol, mei, wang, chen)}
    assert counts == {"alice": 1, "bob": 1, "carol": 1, "mei": 2, "wang": 2, "chen": 1}
    assert rows_of(alice, clock, LeadFilters())["acquired"].count == 1


def test_what_is_void_or_long_ago_does_not_count(make_lead, alice, mei, move, clock):
    lead = make_lead(alice)
    move(alice, lead, "screened", answers={"acquired.reached": "yes"})
    assert rows_of(mei, clock)["acquired"].left == 1
    clock.move(days=100)
    assert rows_of(mei, clock)["acquired"].left == 0
    assert rows_of(mei, clock, days=365)["acquired"].left == 1
    with transaction():
        db.session.get(Lead, lead.id).status = "void"
    assert rows_of(mei, clock, days=365)["acquired"].left == 0
    assert rows_of(mei, clock)["screened"].count == 0


def test_the_bottleneck_is_where_least_goes_on(make_lead, alice, mei, clock):
    rows = list(rows_of(mei, clock).values())
    assert bottleneck(rows) is None
    rows[1].forward, rows[1].lost = 2, 6
    rows[2].forward, rows[2].lost = 0, 2
    assert bottleneck(rows) is rows[1]
    rows[1].lost = 0
    assert bottleneck(rows, fewest=2) is rows[2]


def test_the_board_is_a_page_and_a_fragment(app, lead, browser, mei, alice):
    page = browser(mei).get("/leads/stages?span=30")
    assert page.status_code == 200 and 'id="funnel"' in page.text
    part = browser(mei).fragment("/leads/stages?span=nonsense&team=99")
    assert part.status_code == 200 and "<html" not in part.text
    assert browser(alice).get("/leads/stages").status_code == 200


def test_the_board_asks_as_often_however_many_leads(app, make_lead, browser, alice, mei):
    client = browser(mei)
    before = statements_of(app, client, "/leads/stages")
    for number in range(4):
        make_lead(alice, name=f"第{number}号客户{number}公司")
    assert len(statements_of(app, client, "/leads/stages")) == len(before)
