"""What all actions on the pool share: the locks, and writing down what happened."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import set_committed_value

from portal.core.errors import Conflict, Refused
from portal.core.i18n import lazy_gettext as _l
from portal.customers.models import Customer, CustomerPerson
from portal.extensions import db
from portal.leads.actions.holding import hold_people as hold_people
from portal.leads.models import Lead
from portal.leads.pool import words
from portal.leads.pool.models import PoolStep
from portal.leads.pool.options import limits
from portal.leads.pool.queries.limits import held_by, waits_until
from portal.people.models import User


class Gone(Conflict):
    """Somebody else has the lead already."""


def hold_leads(lead_ids: Collection[int]) -> list[Lead]:
    """The leads and their customers, held before anything is written, in one order."""
    ids = sorted(set(lead_ids))
    db.session.flush()
    query = (
        select(Lead).where(Lead.id.in_(ids)).order_by(Lead.id)
        .with_for_update(of=Lead, key_share=True).execution_options(populate_existing=True)
    )
    found = list(db.session.scalars(query))
    customers = (
        select(Customer).where(Customer.id.in_({lead.customer_id for lead in found}))
        .order_by(Customer.id).with_for_update(of=Customer, key_share=True)
        .options(selectinload(Customer.people).joinedload(CustomerPerson.person))
        .execution_options(populate_existing=True)
    )
    rows = {customer.id: customer for customer in db.session.scalars(customers)}
    owners = select(User).where(User.id.in_({lead.owner_id for lead in found if lead.owner_id}))
    people = {person.id: person for person in db.session.scalars(owners)}
    for lead in found:
        # Known from here on, so that no question about one of many asks the database.
        set_committed_value(lead, "customer", rows[lead.customer_id])
        set_committed_value(lead, "owner", people.get(lead.owner_id or 0))
    return found


def refuse_full(person_id: int, more: int = 1) -> None:
    """Raises `Refused` when so many more are more than this person may hold. Whoever decides on it
    holds the person."""
    if held_by([person_id])[person_id] + more > limits().cap:
        raise Refused(_l("%(name)s has %(cap)d open leads, which is the most.",
                         name=db.session.get_one(User, person_id).name, cap=limits().cap))


def refuse_former(lead: Lead, person_id: int, now: datetime) -> None:
    """Raises `Refused` when the person had this lead of the pool last, and not long ago."""
    if (day := waits_until(lead, person_id, now)) is not None:
        raise Refused(words.former_waits(db.session.get_one(User, person_id), day))


def note(
    lead: Lead, what: str, now: datetime, *, person_id: int | None, actor_id: int | None = None,
    reason: str = "", before: dict[str, Any] | None = None,
) -> PoolStep:
    """Write down what happened; the number is known at once."""
    step = PoolStep(lead_id=lead.id, person_id=person_id, what=what, at=now, actor_id=actor_id,
                    reason=reason[:500], before=before or {})
    db.session.add(step)
    # An undo names the new id.
    db.session.flush()
    return step


def memory(lead: Lead) -> dict[str, Any]:
    """What giving or returning a lead changes, so that an undo can put it back."""
    return {
        "owner_id": lead.owner_id, "former_owner_id": lead.former_owner_id,
        **{name: moment.isoformat() if (moment := getattr(lead, name)) else None
           for name in MOMENTS},
    }


MOMENTS = ("owned_since", "response_due_at", "responded_at", "idle_warned_at")


def recall(lead: Lead, before: dict[str, Any]) -> None:
    """Put back what `memory` remembered, all but the owner."""
    lead.former_owner_id = before["former_owner_id"]
    for name in MOMENTS:
        kept = before[name]
        setattr(lead, name, datetime.fromisoformat(kept) if kept else None)


def refuse_taken(lead: Lead) -> None:
    """Raises `Gone` for a lead that somebody has by now, `Refused` for one that is over."""
    if not lead.is_open:
        raise Refused(_l("This lead is closed by now."))
    if lead.owner is not None:
        raise Gone(_l("%(name)s was quicker and has this lead now. Nothing was counted for you.",
                      name=lead.owner.name))
    if lead.customer.voided_at is not None:
        raise Refused(_l("The customer of this lead is void."))


def refuse_late(step: PoolStep, now: datetime, limit: Any) -> None:
    """Raises `Refused` for what can no longer be taken back."""
    if step.undone_at is not None:
        raise Refused(_l("This was taken back already."))
    if now - step.at > limit:
        raise Refused(_l("This can be taken back for a few minutes only."))
