"""Agreeing on money, paying it, correcting it: nothing is lost, nothing is counted twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.core.errors import Conflict, Refused
from portal.core.unit_of_work import transaction
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.actions.leads import give_lead
from portal.leads.models import Lead
from portal.leads.money import queries
from portal.leads.money.actions import (
    correct_contract,
    correct_receivable,
    record_payment,
    void_payment,
    void_receivable,
)
from portal.leads.money.content import ContractFacts, ReceivableFacts
from portal.leads.money.models import Payment, Receivable
from portal.reminders.models import Reminder
from tests.leads.money.conftest import TODAY

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def pay(app, alice, clock):
    def pay(receivable, amount, *, days_ago=0):
        with transaction():
            return record_payment(alice.actor, db.session.merge(receivable), Decimal(amount),
                                  TODAY - timedelta(days=days_ago), "", clock())
    return pay


def kinds(lead):
    found = db.session.scalars(select(TimelineEntry.kind)
                               .where(TimelineEntry.lead_id == lead.id).order_by(TimelineEntry.id))
    return [kind for kind in found if kind.startswith("money.")]


def reminded(person):
    query = select(Reminder).where(Reminder.person_id == person.id, Reminder.done_at.is_(None),
                                   Reminder.kind == "money.due")
    return db.session.scalars(query).all()


def test_the_owner_is_reminded_on_the_morning_it_is_due(lead, owed, alice):
    owed(lead, 1000, due=10)
    [reminder] = reminded(alice)
    assert reminder.due_at.astimezone().date() == TODAY + timedelta(days=10)
    assert kinds(lead) == ["money.receivable"]


def test_payments_add_up_until_it_is_paid(lead, owed, pay, alice):
    receivable = owed(lead, 1000)
    pay(receivable, "400.50", days_ago=3)
    assert db.session.get(Receivable, receivable.id).open_amount == Decimal("599.50")
    pay(receivable, "599.50", days_ago=5)
    paid = db.session.get(Receivable, receivable.id)
    assert paid.open_amount == 0
    assert paid.paid_off_on == TODAY - timedelta(days=3)
    assert reminded(alice) == []


def test_more_than_is_open_is_refused(lead, owed, pay):
    receivable = owed(lead, 1000)
    with pytest.raises(Refused, match="Only 1,000"):
        pay(receivable, "1000.01")
    assert db.session.scalars(select(Payment)).all() == []


def test_a_payment_of_tomorrow_is_refused(lead, owed, pay):
    with pytest.raises(Refused, match="future"):
        pay(owed(lead, 1000), "10", days_ago=-1)


def test_a_void_payment_counts_no_more_and_stays(lead, owed, pay, alice, clock):
    receivable = owed(lead, 1000)
    payment = pay(receivable, "1000")
    with transaction():
        void_payment(alice.actor, db.session.merge(payment), "Another customer's money", clock())
    again = db.session.get(Receivable, receivable.id)
    assert (again.paid, again.paid_off_on) == (0, None)
    assert kinds(lead) == ["money.receivable", "money.payment", "money.payment_voided"]


def test_what_is_partly_paid_is_not_voided(lead, owed, pay, alice, clock):
    receivable = owed(lead, 1000)
    pay(receivable, "1")
    with pytest.raises(Refused, match="Void the payments first"), transaction():
        void_receivable(alice.actor, db.session.merge(receivable), "Wrong deal", clock())


def test_a_correction_asks_for_a_reason_and_shows_both(lead, owed, alice, clock):
    receivable = owed(lead, 1000)
    facts = ReceivableFacts(Decimal(1200), TODAY, TODAY + timedelta(days=40), "首付款")
    with pytest.raises(Refused, match="Say why"), transaction():
        correct_receivable(alice.actor, db.session.merge(receivable), facts, " ", clock(),
                           version=1)
    with transaction():
        correct_receivable(alice.actor, db.session.merge(receivable), facts, "Tax", clock(),
                           version=1)
    entry = db.session.scalars(
        select(TimelineEntry).where(TimelineEntry.kind == "money.corrected")).one()
    assert entry.detail["changes"]["amount"] == ["1000.00", "1200"]
    with pytest.raises(Conflict), transaction():
        correct_receivable(alice.actor, db.session.merge(receivable), facts, "Tax", clock(),
                           version=1)


@pytest.mark.parametrize(("amount", "billed", "due", "why"), [
    (0, 0, 10, "more than 0"), (-5, 0, 10, "more than 0"), (5, 1, 10, "future"),
    (5, 0, -1, "before it is billed"), (5, 0, 4000, "ten years"), (5, -4000, 0, "ten years"),
])
def test_what_cannot_be_is_refused(lead, owed, amount, billed, due, why):
    with pytest.raises(Refused, match=why):
        owed(lead, amount, billed=billed, due=due)


def test_whoever_has_the_deal_is_reminded(lead, owed, alice, bob, mei, clock):
    owed(lead, 1000, due=10)
    with transaction():
        give_lead(mei.id, db.session.merge(lead), bob.id, clock(), why="handed")
    assert reminded(alice) == []
    assert len(reminded(bob)) == 1


def test_the_contract_is_filled_in_freely_and_changed_with_a_reason(lead, alice, clock):
    def correct(facts, reason=""):
        with transaction():
            row = db.session.get(Lead, lead.id)
            return correct_contract(alice.actor, row, facts, reason, clock(), version=row.version)
    assert correct(ContractFacts(Decimal(500), None, TODAY))
    assert correct(ContractFacts(Decimal(500), Decimal(90), TODAY))
    with pytest.raises(Refused, match="Say why"):
        correct(ContractFacts(Decimal(400), Decimal(90), TODAY))
    assert correct(ContractFacts(Decimal(400), Decimal(90), TODAY), "Discount")
    with pytest.raises(Refused, match="margin cannot be more"):
        correct(ContractFacts(Decimal(80), Decimal(90), TODAY), "Discount")


def test_the_collection_rate_counts_what_came_in_by_the_sixtieth_day(lead, owed, pay, alice):
    in_time = owed(lead, 900, billed=-100, due=-40)
    late = owed(lead, 100, billed=-100, due=-40)
    pay(in_time, "900", days_ago=50)
    pay(late, "100", days_ago=10)
    [standing] = queries.standing(alice.actor, TODAY - timedelta(days=60), TODAY)
    found = standing.collected
    assert (found.due, found.in_time, found.percent) == (1000, 900, Decimal("90.0"))
