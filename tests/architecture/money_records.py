"""What is owed, was paid, is to be done for a customer and was said by it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from portal.core import clock
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.care.models import CareTask, Feedback
from portal.leads.models import Lead
from portal.leads.money.models import Payment, Receivable


def money(lead_id: int) -> dict[str, Any]:
    """A receivable of the lead, of which a part is paid."""
    today = clock.today()
    with transaction():
        lead = db.session.get_one(Lead, lead_id)
        receivable = Receivable(
            lead_id=lead_id, customer_id=lead.customer_id, label="首付款", amount=Decimal(900),
            paid=Decimal(100), billed_on=today, due_on=today, created_at=clock.now(),
            collect_by=today + timedelta(days=60),
        )
        payment = Payment(receivable=receivable, amount=Decimal(100), paid_on=today,
                          created_at=clock.now())
        db.session.add_all([receivable, payment])
    return {"receivable_id": receivable.id, "payment_id": payment.id}


def care(customer_id: int) -> dict[str, Any]:
    """A task for the customer, and a complaint of it."""
    today = clock.today()
    with transaction():
        task = CareTask(customer_id=customer_id, kind="report", key=f"walk:{customer_id}",
                        due_on=today, opened_at=clock.now())
        said = Feedback(customer_id=customer_id, kind="complaint", text="交付晚了两周",
                        given_on=today, recorded_at=clock.now())
        db.session.add_all([task, said])
    return {"care_id": task.id, "feedback_id": said.id}
