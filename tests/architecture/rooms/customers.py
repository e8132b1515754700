"""Customers, their contacts and timeline."""

from portal.core.unit_of_work import transaction
from portal.customers.actions.timeline import note
from portal.customers.models import Contact, Customer, CustomerPerson, TimelineEntry
from portal.extensions import db
from tests.architecture.rooms.room import Made, Room, Walk


def _customer(walk: Walk) -> Made:
    """A customer with a contact."""
    with transaction():
        customer = Customer(name="苏州恒通机电有限公司", owner_id=walk.seller_id,
                            owned_since=walk.now, last_activity_at=walk.now, created_at=walk.now)
        if walk.seller_id is not None:
            customer.people = [CustomerPerson(person_id=walk.seller_id, part="owner",
                                              since=walk.now)]
        contact = Contact(customer=customer, name="钱敏", created_at=walk.now)
        db.session.add_all([customer, contact])
    return {"customer_id": customer.id, "contact_id": contact.id}


def _entry(walk: Walk, customer_id: int) -> Made:
    """A note in the timeline, by `writer`."""
    with transaction():
        entry = note(customer_id, "note.written", walk.writer.id, walk.now, text="They moved.")
        db.session.flush()
    return {"entry_id": entry.id}


ROOM = Room(
    roles={
        "customer:allocate": {"manager"},
    },
    customers={
        # permission        hers        in the pool
        "customer:read":   ("y--yy---", "---yyy--"),
        "customer:edit":   ("y--nn---", "---nnn--"),
        "customer:deal":   ("y--yn---", "---yyy--"),
        "customer:assign": ("n--yn---", "---yyy--"),
        "customer:note":   ("y--yy---", "---yyy--"),
        "customer:staff":  ("y--yn---", "---yyy--"),
        "customer:void":   ("y--yn---", "---yyy--"),
        "contact:read":    ("y--yy---", "---yyy--"),
        "entry:read":      ("y--yy---", "---yyy--"),
    },
    # The entry of the customer is no note, which alone can be corrected.
    not_open={"customers.correct_note"},
    visitors={"customer:assign": "mei"},
    rows={
        "customer": (Customer, "customer_id"),
        "contact": (Contact, "contact_id"),
        "entry": (TimelineEntry, "entry_id"),
    },
    makers={
        "customer_id contact_id": _customer,
    },
    of_customer={
        "entry_id": _entry,
    },
)  # fmt: skip
