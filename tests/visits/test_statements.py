"""What the pages that everybody opens ask of the database does not grow with what happened."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from portal.extensions import db
from portal.leads.actions.leads import set_next_step
from portal.leads.models import Lead
from portal.leads.money.actions import add_receivable
from portal.leads.money.content import ReceivableFacts
from portal.visits.models import Visit
from tests.counting import statements_of
from tests.visits.acting import acting
from tests.visits.conftest import NAMES


@pytest.fixture
def busy(customer, lead, planned, alice, today, clock):
    """`busy(name)`: one more customer of alice with a deal, a visit today, one not written about,
    one this week, a next step that is due and money that is late."""

    def one(name: str) -> None:
        company = customer(alice, name, contacts=["Wang Jianguo"])
        deal = lead(alice, company)
        visits = [planned(alice, company, days=days) for days in (0, 0, 2)]
        with acting():
            db.session.get_one(Visit, visits[0].id).day = today - timedelta(days=1)
            row = db.session.get_one(Lead, deal.id)
            set_next_step(alice.actor, row, "Call", clock() + timedelta(minutes=1), clock())
            add_receivable(alice.actor, row, _late(today), clock())

    return one


def _late(today: date) -> ReceivableFacts:
    billed = today - timedelta(days=40)
    return ReceivableFacts(Decimal(100), billed, billed + timedelta(days=30), "首付款")


@pytest.mark.parametrize(("login", "address"), [
    ("alice", "/"), ("mei", "/"), ("alice", "/visits"), ("mei", "/visits/team"),
    ("mei", "/receivables"), ("mei", "/receivables?list=open"), ("mei", "/receivables?list=paid"),
])
def test_a_page_does_not_ask_more_for_more(
    app, busy, browser, alice, mei, clock, login, address
):
    me = browser({"alice": alice, "mei": mei}[login])
    for name in NAMES[:2]:
        busy(name)
    clock.move(minutes=5)
    few = statements_of(app, me, address)
    for name in NAMES[2:7]:
        busy(name)
    clock.move(minutes=5)
    assert len(statements_of(app, me, address)) == len(few)
