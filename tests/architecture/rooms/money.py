"""What is owed and was paid."""

from datetime import timedelta
from decimal import Decimal

from portal.core import clock
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.money.models import Payment, Receivable
from tests.architecture.rooms.room import Made, Room, Walk


def _money(walk: Walk, lead_id: int) -> Made:
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


ROOM = Room(
    customers={
        # permission        hers        in the pool
        "receivable:read": ("y--yy---", "---yyy--"),
        "receivable:edit": ("y--nn---", "---nnn--"),
        "payment:read":    ("y--yy---", "---yyy--"),
        "payment:void":    ("y--nn---", "---nnn--"),
    },
    rows={
        "receivable": (Receivable, "receivable_id"),
        "payment": (Payment, "payment_id"),
    },
    of_lead={
        "receivable_id payment_id": _money,
    },
)  # fmt: skip
