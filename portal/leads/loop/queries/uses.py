"""The cases that were used for a deal or a customer, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased, joinedload

from portal.cases.models import Case, Reuse
from portal.cases.queries.cases import visible_to
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor

MOST = 50


@dataclass(frozen=True)
class Use:
    """One case that somebody used here; without a reuse nothing was counted (one's own case)."""

    entry: TimelineEntry
    case: Case
    reuse: Reuse | None
    is_mine: bool

    @property
    def outcome(self) -> str | None:
        return self.reuse.outcome if self.reuse else None

    @property
    def person(self) -> User | None:
        return self.entry.actor


def uses_of(actor: Actor, customer_id: int, lead_id: int | None = None) -> list[Use]:
    """What the person may read of them, the newest first."""
    entries = db.session.scalars(
        _standing(customer_id, lead_id).options(joinedload(TimelineEntry.actor))
        .order_by(TimelineEntry.id.desc()).limit(MOST)
    ).all()
    ids = {_case_id(entry) for entry in entries}
    found = db.session.scalars(visible_to(actor).where(Case.id.in_(ids))) if ids else ()
    cases = {case.id: case for case in found}
    reuses = _reuses(entries)
    return [
        Use(entry, cases[_case_id(entry)], reuses.get(entry.id), entry.actor_id == actor.id)
        for entry in entries if _case_id(entry) in cases
    ]


def standing_use(
    actor: Actor, case_id: int, customer_id: int, lead_id: int | None
) -> TimelineEntry | None:
    """One's own use of this case here, unless it was taken back."""
    query = _standing(customer_id, lead_id).where(
        TimelineEntry.actor_id == actor.id, TimelineEntry.subject == f"case:{case_id}")
    if lead_id is None:
        query = query.where(TimelineEntry.lead_id.is_(None))
    return db.session.scalar(query.limit(1))


def reuse_behind(entry: TimelineEntry) -> Reuse | None:
    """The reuse that was counted; else the person's last one of this case, which it belongs to."""
    return _reuses([entry]).get(entry.id)


def is_taken_back(entry: TimelineEntry) -> bool:
    query = select(TimelineEntry.id).where(TimelineEntry.corrects_id == entry.id).limit(1)
    return db.session.scalar(query) is not None


def _standing(customer_id: int, lead_id: int | None) -> Select[TimelineEntry]:
    later = aliased(TimelineEntry)
    query = select(TimelineEntry).where(
        TimelineEntry.customer_id == customer_id, TimelineEntry.kind == "case.used",
        ~exists().where(later.corrects_id == TimelineEntry.id),
    )
    return query if lead_id is None else query.where(TimelineEntry.lead_id == lead_id)


def _reuses(entries: Sequence[TimelineEntry]) -> Mapping[int, Reuse]:
    """For each entry the reuse it speaks of, in one statement."""
    if not entries:
        return {}
    query = select(Reuse).where(
        Reuse.case_id.in_({_case_id(entry) for entry in entries}),
        Reuse.person_id.in_({entry.actor_id for entry in entries}),
    )
    rows = db.session.scalars(query.order_by(Reuse.reused_at, Reuse.id)).all()
    by_id = {reuse.id: reuse for reuse in rows}
    last = {(reuse.case_id, reuse.person_id): reuse for reuse in rows}
    pairs = ((entry.id, by_id.get(entry.detail.get("reuse") or 0)
              or last.get((_case_id(entry), entry.actor_id or 0))) for entry in entries)
    return {entry_id: reuse for entry_id, reuse in pairs if reuse is not None}


def _case_id(entry: TimelineEntry) -> int:
    return int(entry.subject.partition(":")[2])
