"""Whose a customer is, and who else of us works for it: the one place where this changes."""

from collections.abc import Collection
from datetime import datetime

from portal.core import audit
from portal.core.errors import Conflict, Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.customers.actions.activity import plan_contact
from portal.customers.actions.holding import hold_with_deals
from portal.customers.actions.timeline import note
from portal.customers.events import (
    CustomerGiven,
    CustomersHandedOver,
    PersonJoined,
    PersonLeft,
)
from portal.customers.models import Customer, CustomerPerson
from portal.customers.rules import BACKUP, OWNER, REP, TEAM_PARTS
from portal.extensions import db
from portal.people.models import User


def hand_over(
    customers: Collection[Customer], person_id: int, actor_id: int, now: datetime, *, reason: str,
) -> None:
    """Make the person the owner of all these, with the open deals of whoever had them. Raises
    `Conflict` when one of them has another owner by now; then nothing is handed over. Publishes
    `CustomersHandedOver`; reactions refuse more deals than one person may hold."""
    owners = {customer.id: customer.owner_id for customer in customers}
    hold_with_deals(customers)
    if any(owners[customer.id] != customer.owner_id for customer in customers):
        raise Conflict(_l("Somebody else has changed this meanwhile."))
    for customer in customers:
        give(customer, person_id, actor_id, now, reason=reason)
    publish(CustomersHandedOver(tuple(owners), person_id, actor_id))


def give(
    customer: Customer, person_id: int | None, actor_id: int | None, now: datetime, *,
    reason: str = "",
) -> None:
    """Make the person the owner; None puts the customer into the pool. The former owner leaves the
    file, except as what they are besides. Publishes `CustomerGiven`."""
    former = customer.owner_id
    if former == person_id:
        return
    before = customer.owner.name if customer.owner else ""
    _drop(customer, former, OWNER)
    # Nobody stands in for themselves.
    _drop(customer, person_id, BACKUP)
    customer.owner_id, customer.owned_since = person_id, now
    if person_id is not None:
        _add(customer, person_id, OWNER, now)
    plan_contact(customer, now)
    note(customer.id, "customer.given", actor_id, now, reason=reason, before=before,
         after=_name(person_id), to_id=person_id)
    audit.record(actor_id, "customer.given", customer.ref, now, from_id=former, to_id=person_id,
                 reason=reason)
    publish(CustomerGiven(customer.id, actor_id, former, person_id))


def join(
    customer: Customer, person_id: int, part: str, now: datetime, *, actor_id: int | None = None,
) -> bool:
    """One of us works for the customer as `part` (not as owner: see `give`). Whoever is more than
    that already stays it. There is one backup at a time. Whether anything changed."""
    if part not in TEAM_PARTS:
        raise Refused(_l("Choose one of the list."))
    parts = {each.part for each in customer.people if each.person_id == person_id}
    stands_for_self = part == BACKUP and OWNER in parts
    is_more = part == REP and bool(parts)
    if part in parts or stands_for_self or is_more:
        return False
    if part == BACKUP:
        for each in [each for each in customer.people if each.part == BACKUP]:
            leave(customer, each.person_id, BACKUP, now, actor_id=actor_id)
    _add(customer, person_id, part, now)
    note(customer.id, "person.joined", actor_id, now, name=_name(person_id), part=part,
         person_id=person_id)
    audit.record(actor_id, "customer.joined", customer.ref, now, person_id=person_id, part=part)
    publish(PersonJoined(customer.id, person_id, part, actor_id))
    return True


def leave(
    customer: Customer, person_id: int, part: str, now: datetime, *, actor_id: int | None = None,
) -> bool:
    """The person is no longer `part` (not of the owner: see `give`). Whether anything changed."""
    if part not in TEAM_PARTS or not _drop(customer, person_id, part):
        return False
    note(customer.id, "person.left", actor_id, now, name=_name(person_id), part=part,
         person_id=person_id)
    audit.record(actor_id, "customer.left", customer.ref, now, person_id=person_id, part=part)
    publish(PersonLeft(customer.id, person_id, part, actor_id))
    return True


def _add(customer: Customer, person_id: int, part: str, now: datetime) -> None:
    # With the person's row, so that the predicates of this very request know their team.
    customer.people.append(CustomerPerson(
        person_id=person_id, person=db.session.get_one(User, person_id), part=part, since=now
    ))


def _drop(customer: Customer, person_id: int | None, part: str) -> bool:
    rows = [each for each in customer.people if (each.person_id, each.part) == (person_id, part)]
    for row in rows:
        customer.people.remove(row)
    return bool(rows)


def _name(person_id: int | None) -> str:
    person = None if person_id is None else db.session.get(User, person_id)
    return person.name if person else ""
