"""How a lead ended, and whether its retrospective was written."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, cast, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.cases.rules import DISCARDED, PRIVATE
from portal.cases.rules import RETROSPECTIVES as KINDS
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.closing.rules import ASK_FOR, RETROSPECTIVES
from portal.leads.models import Lead
from portal.people.rules import Actor

MOST = 10


def last_ending(lead: Lead) -> TimelineEntry | None:
    """What was said when it was closed the last time."""
    return _newest(lead, "lead.closed")


def last_reopening(lead: Lead) -> TimelineEntry | None:
    """When and why it was opened again the last time; None: it never was."""
    return _newest(lead, "lead.reopened")


def waiver_of(lead: Lead) -> TimelineEntry | None:
    """Why nobody writes the retrospective of this ending, as long as that holds."""
    entry = _newest(lead, "lead.retrospective_waived")
    if entry is None or (lead.closed_at is not None and entry.at < lead.closed_at):
        return None
    taken_back = select(TimelineEntry.id).where(TimelineEntry.corrects_id == entry.id).limit(1)
    return None if db.session.scalar(taken_back) else entry


def _newest(lead: Lead, kind: str) -> TimelineEntry | None:
    query = (
        select(TimelineEntry).options(joinedload(TimelineEntry.actor))
        .where(TimelineEntry.lead_id == lead.id, TimelineEntry.kind == kind)
        .order_by(TimelineEntry.id.desc()).limit(1)
    )
    return db.session.scalar(query)


def retrospective_of(actor: Actor, lead: Lead) -> Case | None:
    """The newest retrospective from this lead that the person may read; one's own draft too."""
    query = (
        select(Case)
        .where(Case.source_ref == lead.ref, Case.kind.in_(KINDS), Case.confidence != DISCARDED,
               readable_by(actor))
        .order_by(Case.confidence.in_(PRIVATE), Case.id.desc()).limit(1)
    )
    return db.session.scalar(query)


def is_written(lead: Lead) -> bool:
    """Whether anybody published one, whoever may read it."""
    query = select(Case.id).where(_written(Case.source_ref == lead.ref))
    return db.session.scalar(query.limit(1)) is not None


def unwritten(actor: Actor, now: datetime) -> Sequence[Lead]:
    """One's own deals that ended not long ago and wait for their retrospective, oldest first."""
    query = (
        select(Lead).options(joinedload(Lead.customer))
        .where(Lead.owner_id == actor.id, Lead.status.in_(RETROSPECTIVES),
               Lead.closed_at >= now - ASK_FOR, ~_has_retrospective(), ~_is_waived())
        .order_by(Lead.closed_at, Lead.id).limit(MOST)
    )
    return db.session.scalars(query).all()


def _written(of_lead: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(of_lead, Case.kind.in_(KINDS), Case.confidence.not_in(PRIVATE))


def _has_retrospective() -> ColumnElement[bool]:
    ref = "lead:" + cast(Lead.id, String)
    return exists().where(_written(Case.source_ref == ref))


def _is_waived() -> ColumnElement[bool]:
    later = aliased(TimelineEntry)
    taken_back = exists().where(later.lead_id == Lead.id, later.corrects_id == TimelineEntry.id)
    return exists().where(
        TimelineEntry.lead_id == Lead.id, TimelineEntry.kind == "lead.retrospective_waived",
        or_(Lead.closed_at.is_(None), TimelineEntry.at >= Lead.closed_at), ~taken_back,
    )
