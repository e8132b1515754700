"""The numbers of channels and the link rate of deals against a count by hand, leads as chance has
them, at the edges of months and of days in the portal's zone."""

import random
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import insert

from portal.core import clock as portal_clock
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.channels.queries import review
from portal.leads.loop.queries.rate import deals_by_month
from portal.leads.models import Lead
from portal.leads.months import Month
from portal.leads.queries.filters import LeadFilters
from portal.options.queries import value

# In Shanghai the last of these are the first moments of June, and of May.
MOMENTS = [datetime(2026, 4, 30, 15, 59, 59, tzinfo=UTC), datetime(2026, 4, 30, 16, tzinfo=UTC),
           datetime(2026, 5, 14, 3, tzinfo=UTC), datetime(2026, 5, 31, 15, 59, 59, tzinfo=UTC),
           datetime(2026, 5, 31, 16, tzinfo=UTC), datetime(2026, 6, 1, 0, 30, tzinfo=UTC)]
CHANNELS = ("web", "fair", "partner")


@pytest.fixture(params=[1, 2, 3])
def leads(request, make_lead, alice, bob):
    """Ninety leads of two people with one customer."""
    chance = random.Random(request.param)
    first = make_lead(alice)
    with transaction():
        rows = [_lead(chance, first.customer_id, (alice.id, bob.id)) for _ in range(90)]
        db.session.execute(insert(Lead), rows)
    return [each for each in db.session.query(Lead).all() if each.id != first.id]


def _lead(chance, customer_id, owners):
    status = chance.choice(("open", "won", "won", "lost", "abandoned", "void"))
    made = chance.choice(MOMENTS)
    return {
        "customer_id": customer_id, "title": "x", "channel": chance.choice(CHANNELS),
        "owner_id": chance.choice(owners), "status": status, "score": chance.randrange(101),
        "created_at": made, "owned_since": made, "stage_since": made, "last_activity_at": made,
        "closed_at": None if status == "open" else chance.choice(MOMENTS),
        "currency": chance.choice(("CNY", "USD")),
        "amount": Decimal(chance.randrange(10**8)) / 100,
        "contract_amount": chance.choice((None, Decimal(chance.randrange(10**12)) / 100)),
    }


def month_of(moment):
    return f"{portal_clock.local_day(moment):%Y-%m}"


@pytest.mark.parametrize("code", ["2026-04", "2026-05", "2026-06"])
def test_channels(leads, mei, code):
    year, number = map(int, code.split("-"))
    rows = {row.channel: row.now for row in review(mei.actor, LeadFilters(), Month(year, number))}
    alive = [each for each in leads if each.status != "void"]
    for channel in CHANNELS:
        made = [each for each in alive
                if each.channel == channel and month_of(each.created_at) == code]
        closed = [each for each in alive if each.channel == channel and each.status != "open"
                  and month_of(each.closed_at) == code]
        won = [each for each in closed if each.status == "won"]
        amounts = Counter()
        for each in won:
            amounts[each.currency] += (
                each.amount if each.contract_amount is None else each.contract_amount)
        # The lead of the fixture is one more of the channel "web" in June.
        more = int(channel == "web" and code == "2026-06")
        now = rows[channel]
        assert (now.created, now.closed, now.won) == (len(made) + more, len(closed), len(won))
        assert now.qualified == sum(each.score >= value("scoring.qualified_from") for each in made)
        assert now.won_of_created == sum(each.status == "won" for each in made)
        assert now.amounts == dict(amounts)


def test_closed_deals_by_month(leads):
    months = ["2026-04", "2026-05", "2026-06"]
    counted = Counter(month_of(each.closed_at) for each in leads
                      if each.status in ("won", "lost", "abandoned"))
    assert deals_by_month(None, months) == [(counted[month], 0) for month in months]
