"""Reads of the timeline: a page at a time, from the newest back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import joinedload

from portal.customers.models import TimelineEntry
from portal.customers.timeline.kinds import names_in
from portal.extensions import db

AT_ONCE = 25


@dataclass(frozen=True)
class Filters:
    """What of a timeline is shown; nothing chosen means everything."""

    groups: tuple[str, ...] = ()
    person_id: int | None = None
    lead_id: int | None = None

    @property
    def any(self) -> bool:
        return bool(self.groups or self.person_id or self.lead_id)


@dataclass(frozen=True)
class Entries:
    """Some entries, newest first; `older` is where the next page begins, if there is more."""

    items: Sequence[TimelineEntry]
    older: int | None
    # The corrections of these entries, by what they correct.
    corrections: Mapping[int, TimelineEntry]


def entries_of(
    *, customer_id: int | None = None, lead_id: int | None = None, filters: Filters | None = None,
    before: int | None = None, at_once: int = AT_ONCE,
) -> Entries:
    """The entries of a customer or of one lead that are older than the entry `before`."""
    filters = filters or Filters()
    query = select(TimelineEntry).options(joinedload(TimelineEntry.actor))
    if customer_id is not None:
        query = query.where(TimelineEntry.customer_id == customer_id)
    lead_id = lead_id or filters.lead_id
    if lead_id is not None:
        query = query.where(TimelineEntry.lead_id == lead_id)
    if filters.groups:
        query = query.where(TimelineEntry.kind.in_(names_in(filters.groups)))
    if filters.person_id is not None:
        query = query.where(TimelineEntry.actor_id == filters.person_id)
    query = _older_than(query, before, customer_id, lead_id)
    order = (TimelineEntry.at.desc(), TimelineEntry.id.desc())
    found = db.session.scalars(query.order_by(*order).limit(at_once + 1)).all()
    items = found[:at_once]
    older = items[-1].id if len(found) > at_once else None
    return Entries(items, older, _corrections(items))


def _older_than(
    query: Select[Any], before: int | None, customer_id: int | None, lead_id: int | None
) -> Select[Any]:
    edge = None if before is None else db.session.get(TimelineEntry, before)
    # A number from another file says nothing about this one.
    if edge is None or customer_id not in (None, edge.customer_id) \
            or lead_id not in (None, edge.lead_id):
        return query
    return query.where(tuple_(TimelineEntry.at, TimelineEntry.id) < tuple_(edge.at, edge.id))


def _corrections(items: Collection[TimelineEntry]) -> Mapping[int, TimelineEntry]:
    ids = [item.id for item in items]
    query = select(TimelineEntry).where(TimelineEntry.corrects_id.in_(ids))
    rows = db.session.scalars(query.order_by(TimelineEntry.id)) if ids else ()
    # The newest of several counts.
    return {row.corrects_id: row for row in rows if row.corrects_id is not None}


def entry_with_corrections(entry: TimelineEntry) -> Entries:
    """An entry, what it corrects and what corrected it, the newest first."""
    chain = [entry]
    while (before := chain[-1].corrects_id) is not None:
        chain.append(db.session.get_one(TimelineEntry, before))
    while (after := _corrections(chain[:1]).get(chain[0].id)) is not None:
        chain.insert(0, after)
    return Entries(chain, None, _corrections(chain))
