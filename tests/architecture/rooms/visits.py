"""Visits and follow-ups."""

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.visits.models import Visit
from tests.architecture.rooms.room import Made, Room, Walk


def _visit(walk: Walk, customer_id: int) -> Made:
    """Planned for today by the owner, or by `writer` while nobody owns the customer."""
    with transaction():
        visit = Visit(customer_id=customer_id, owner_id=walk.seller_id or walk.writer.id,
                      day=walk.now.date(), created_at=walk.now, changed_at=walk.now)
        db.session.add(visit)
    return {"visit_id": visit.id}


ROOM = Room(
    roles={
        "visit:lead": {"manager"},
    },
    customers={
        # permission      hers        in the pool
        # Alice's visit; with a customer in the pool it is bob's.
        "visit:read":    ("y--yy---", "-y-yyy--"),
        "visit:edit":    ("y--nn---", "-y-nnn--"),
        "visit:comment": ("y--yy---", "-y-yyy--"),
        "visit:void":    ("y--yn---", "-y-ynn--"),
    },
    leads_on={"visits.correct"},
    rows={
        "visit": (Visit, "visit_id"),
    },
    of_customer={
        "visit_id": _visit,
    },
)  # fmt: skip
