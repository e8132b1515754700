"""Two payments, and a payment and its deal's end, at the same moment: never more than is owed."""

from decimal import Decimal

from portal.extensions import db
from portal.leads.money.actions import record_payment, void_payment, void_receivable
from portal.leads.money.models import Payment, Receivable
from tests.leads.money.conftest import TODAY
from tests.leads.stages.test_at_once import together


def test_two_payments_never_exceed_what_is_open(app, lead, owed, alice, mei, clock):
    number, at, actors = owed(lead, 1000).id, clock(), (alice.actor, mei.actor)

    def pay(actor):
        return lambda: record_payment(
            actor, db.session.get_one(Receivable, number), Decimal(700), TODAY, "", at)

    said = together(app, *map(pay, actors))
    assert said.count("done") == 1
    receivable = db.session.get_one(Receivable, number, populate_existing=True)
    assert (receivable.paid, receivable.open_amount) == (700, 300)


def test_paid_or_void_but_never_both(app, lead, owed, alice, clock):
    number, at, actor = owed(lead, 1000).id, clock(), alice.actor
    said = together(
        app,
        lambda: record_payment(
            actor, db.session.get_one(Receivable, number), Decimal(1000), TODAY, "", at),
        lambda: void_receivable(actor, db.session.get_one(Receivable, number), "Wrong", at))
    assert said.count("done") == 1
    receivable = db.session.get_one(Receivable, number, populate_existing=True)
    assert (receivable.voided_at is None) == (receivable.paid == 1000)


def test_the_sum_is_that_of_the_payments_that_count(app, lead, owed, alice, clock):
    receivable, at, actor = owed(lead, "0.30"), clock(), alice.actor
    number = receivable.id

    def pay():
        record_payment(actor, db.session.get_one(Receivable, number), Decimal("0.10"), TODAY, "",
                       at)

    assert together(app, pay, pay, pay) == ["done"] * 3
    first = db.session.query(Payment.id).order_by(Payment.id).first()[0]
    db.session.rollback()

    def void():
        void_payment(actor, db.session.get_one(Payment, first), "Twice", at)

    assert together(app, void, void) == ["done"] * 2
    again = db.session.get_one(Receivable, number, populate_existing=True)
    assert (again.paid, again.paid_off_on) == (Decimal("0.20"), None)
