"""Closing leads, and the cases that were used for customers."""

from portal.core.unit_of_work import transaction
from portal.customers.actions.timeline import note
from portal.customers.models import TimelineEntry
from portal.extensions import db
from tests.architecture.rooms.room import Made, Room, Walk


def _use(walk: Walk, customer_id: int) -> Made:
    """`writer` used the case for this customer."""
    with transaction():
        entry = note(customer_id, "case.used", walk.writer.id, walk.now,
                     subject=walk.case.search_ref)
        db.session.flush()
    return {"use_id": entry.id}


ROOM = Room(
    cases={
        # permission   for the team  for everyone  a draft
        # Bob used the case for a customer.
        "use:change": ("-y------", "-y------", "-y------"),
    },
    customers={
        # permission    hers        in the pool
        "lead:close":  ("y--yn---", "---nnn--"),
        "lead:reopen": ("y--yn---", "---nnn--"),
    },
    rows={
        "use": (TimelineEntry, "use_id"),
    },
    of_customer={
        "use_id": _use,
    },
)  # fmt: skip
