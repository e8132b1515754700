"""What happens to money when payments, deals and contracts turn out otherwise."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from portal.core import clock as portal_clock
from portal.core.errors import Refused
from portal.core.unit_of_work import transaction
from portal.customers.models import Customer, TimelineEntry
from portal.extensions import db
from portal.leads.actions.leads import correct_lead, restore_lead, void_lead
from portal.leads.closing.actions import close_lead
from portal.leads.closing.content import Ending
from portal.leads.models import Lead
from portal.leads.money import queries, today
from portal.leads.money.actions import correct_contract, record_payment, void_payment
from portal.leads.money.content import ContractFacts
from portal.leads.money.models import Payment, Receivable
from portal.reminders.models import Reminder
from tests.leads.money.conftest import TODAY

pytestmark = pytest.mark.usefixtures("english")
WON = Ending("won", contract_amount=Decimal(500), margin=Decimal(90), signed_on=TODAY)


@pytest.fixture
def act(app, alice, clock):
    """`act(void_payment, payment, "why")`: by alice, in a transaction of its own."""

    def one(action, row, *given, by=alice, **more):
        with transaction():
            kept = db.session.get_one(type(row), row.id, populate_existing=True)
            return action(by.actor, kept, *given, clock(), **more)
    return one


def reminded(person):
    query = select(Reminder).where(Reminder.person_id == person.id, Reminder.done_at.is_(None),
                                   Reminder.kind == "money.due")
    return db.session.scalars(query).all()


def test_whoever_voids_the_payment_is_reminded_again(lead, owed, act, alice):
    payment = act(record_payment, owed(lead, 1000, due=10), Decimal(1000), TODAY, "")
    assert reminded(alice) == []
    act(void_payment, payment, "Another customer's")
    [reminder] = reminded(alice)
    assert reminder.due_at.astimezone(portal_clock.zone()).date() == TODAY + timedelta(days=10)


def test_two_who_void_a_payment_at_once_void_it_once(lead, owed, act, alice, clock):
    payment = act(record_payment, owed(lead, 1000), Decimal(1000), TODAY, "")
    with transaction():
        # Read before somebody else voided it.
        stale = db.session.get_one(Payment, payment.id)
        assert stale.voided_at is None
        db.session.execute(
            update(Payment).where(Payment.id == payment.id).values(voided_at=clock())
            .execution_options(synchronize_session=False))
        void_payment(alice.actor, stale, "Twice", clock())
    told = db.session.scalars(
        select(TimelineEntry.kind).where(TimelineEntry.lead_id == lead.id)).all()
    assert "money.payment_voided" not in told


def test_nobody_is_chased_for_a_void_deal(lead, owed, act, alice, clock):
    owed(lead, 1000, due=-5)
    owed(lead, 70, due=10)
    act(void_lead, lead, "Entered twice")
    assert reminded(alice) == [] and list(today.rows(alice.actor, clock())) == []
    for which in (queries.OVERDUE, queries.OPEN):
        assert db.session.scalars(queries.listed(alice.actor, which, TODAY)).all() == []
    assert queries.sums(today=TODAY) == []
    assert queries.standing(alice.actor, TODAY - timedelta(days=60), TODAY) == []
    act(restore_lead, lead)
    assert len(reminded(alice)) == 1 and len(list(today.rows(alice.actor, clock()))) == 1


def test_money_does_not_change_its_currency(lead, owed, act):
    def to_dollars(lead):
        return act(correct_lead, lead, replace(lead.facts, currency="USD", amount=Decimal(5)),
                   "It is in dollars", version=lead.version)
    owed(lead, 1000)
    with pytest.raises(Refused, match="present currency"):
        to_dollars(db.session.get_one(Lead, lead.id))
    assert db.session.get_one(Lead, lead.id, populate_existing=True).currency == "CNY"
    # Numbers of money are added up without a look at the deals.
    assert db.session.scalars(select(Receivable.currency)).all() == ["CNY"]
    with transaction():
        for each in db.session.scalars(select(Receivable)):
            each.voided_at = portal_clock.now()
    assert to_dollars(db.session.get_one(Lead, lead.id))
    assert owed(lead, 700).currency == "USD"


def test_each_currency_has_a_rate_of_its_own(deal, owed, act, alice):
    yuan, dollars = deal(alice), deal(alice, "杭州海纳物流有限公司", currency="USD")
    act(record_payment, owed(yuan, 900, billed=-100, due=-40), Decimal(900),
        TODAY - timedelta(days=50), "")
    owed(dollars, 100, billed=-100, due=-40)
    found = queries.standing(alice.actor, TODAY - timedelta(days=60), TODAY)
    assert {each.currency: (each.collected.due, each.collected.percent, each.open, each.overdue,
                            each.open_count, each.overdue_count) for each in found} == {
        "CNY": (900, 100, 0, 0, 0, 0), "USD": (100, 0, 100, 100, 1, 1)}


def won_on(lead):
    row = db.session.get_one(Lead, lead.id, populate_existing=True)
    return db.session.get_one(Customer, row.customer_id, populate_existing=True).customer_since


def test_the_day_as_a_customer_follows_the_contract(lead, act, mei):
    act(close_lead, lead, WON, by=mei, pass_reason="Urgent")
    assert won_on(lead) == TODAY
    version = db.session.get_one(Lead, lead.id).version
    earlier = ContractFacts(Decimal(500), Decimal(90), TODAY - timedelta(days=20))
    act(correct_contract, lead, earlier, "Signed before", version=version)
    assert won_on(lead) == TODAY - timedelta(days=20)
    with pytest.raises(Refused, match="A won lead needs"):
        act(correct_contract, lead, ContractFacts(None, None, None), "x", version=version + 1)
    act(void_lead, lead, "Entered twice")
    assert won_on(lead) is None
    act(restore_lead, lead)
    assert won_on(lead) == TODAY - timedelta(days=20)


def test_a_contract_of_another_age_is_a_slip(lead, act):
    with pytest.raises(Refused, match="year"):
        act(correct_contract, lead, ContractFacts(
            Decimal(5), None, TODAY - timedelta(days=4000)), "", version=lead.version)
