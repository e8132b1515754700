"""A page's timeline: what the address asks for, in words, and where it goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from portal.customers.models import TimelineEntry
from portal.customers.timeline.kinds import GROUPS
from portal.customers.timeline.queries import Filters, entries_of
from portal.customers.timeline.showing import Shown, shown
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor
from portal.reminders.subjects import About, about

# A customer with more deals than this finds the others on its page of deals.
MOST_DEALS = 50


@dataclass(frozen=True)
class TimelinePage:
    """For `customers/_timeline.html`; the choices of people and deals are those of the customer.

    On the page of one lead there are no `deals` to choose from.
    """

    entries: Sequence[Shown]
    older: int | None
    filters: Filters
    people: Sequence[User] = ()
    deals: Mapping[int, About] = field(default_factory=dict)
    is_first: bool = True


def filters_from(args: Mapping[str, Any]) -> Filters:
    """What the address asks for; nonsense is left out. `args` is `request.args`."""
    get_all = getattr(args, "getlist", lambda name: [args[name]] if name in args else [])
    return Filters(
        tuple(group for group in GROUPS if group in get_all("group")),
        _number(args.get("person")), _number(args.get("deal")),
    )


def timeline_of(
    actor: Actor, args: Mapping[str, Any], customer_id: int, *, lead_id: int | None = None
) -> TimelinePage:
    """The timeline of a customer, or of one of its leads, as the address asks for it."""
    filters, before = filters_from(args), _number(args.get("before"))
    found = entries_of(customer_id=customer_id, lead_id=lead_id, filters=filters, before=before)
    if before is not None:
        # Older entries are put below those that are shown; the choices stand above already.
        return TimelinePage(shown(actor, found), found.older, filters, is_first=False)
    deals = {} if lead_id is not None else _deals(actor, customer_id)
    return TimelinePage(shown(actor, found), found.older, filters, _people(customer_id), deals)


def _people(customer_id: int) -> Sequence[User]:
    """Everybody who ever wrote something here."""
    writers = select(TimelineEntry.actor_id).where(TimelineEntry.customer_id == customer_id)
    return db.session.scalars(
        select(User).where(User.id.in_(writers.distinct())).order_by(User.name, User.id)
    ).all()


def _deals(actor: Actor, customer_id: int) -> Mapping[int, About]:
    """The deals that the timeline speaks of, the newest first."""
    theirs = (
        select(TimelineEntry.lead_id)
        .where(TimelineEntry.customer_id == customer_id, TimelineEntry.lead_id.is_not(None))
        .group_by(TimelineEntry.lead_id).order_by(TimelineEntry.lead_id.desc()).limit(MOST_DEALS)
    )
    ids = [lead_id for lead_id in db.session.scalars(theirs) if lead_id is not None]
    names = about(actor, [f"lead:{lead_id}" for lead_id in ids])
    return {lead_id: names[f"lead:{lead_id}"] for lead_id in ids if f"lead:{lead_id}" in names}


def _number(text: str | None) -> int | None:
    """A number from an address that a database can look for."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
