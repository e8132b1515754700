"""What is to be done for a customer, and was said by it."""

from portal.core import clock
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.care.models import CareTask, Feedback
from tests.architecture.rooms.room import Made, Room, Walk


def _care(walk: Walk, customer_id: int) -> Made:
    """A task for the customer, and a complaint of it."""
    today = clock.today()
    with transaction():
        task = CareTask(customer_id=customer_id, kind="report", key=f"walk:{customer_id}",
                        due_on=today, opened_at=clock.now())
        said = Feedback(customer_id=customer_id, kind="complaint", text="交付晚了两周",
                        given_on=today, recorded_at=clock.now())
        db.session.add_all([task, said])
    return {"care_id": task.id, "feedback_id": said.id}


ROOM = Room(
    customers={
        # permission      hers        in the pool
        "care:read":     ("y--yy---", "---yyy--"),
        "care:edit":     ("y--nn---", "---nnn--"),
        "feedback:edit": ("y--nn---", "---nnn--"),
    },
    rows={
        "care": (CareTask, "care_id"),
        "feedback": (Feedback, "feedback_id"),
    },
    of_customer={
        "care_id feedback_id": _care,
    },
)  # fmt: skip
