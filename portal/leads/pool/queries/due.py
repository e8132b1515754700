"""Leads for which something is due: a first contact, a warning, the way back to the pool."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from portal.core.unit_of_work import reading_only
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.models import AllocationRule, PoolStep
from portal.leads.pool.options import idle_terms
from portal.leads.rules import OPEN
from portal.leads.stages.queries.stage_map import stage_map
from portal.options.queries import value
from portal.workdays.queries import calendar

# Of one look; the next one finds the rest.
MOST = 500
OWNED = and_(Lead.status == OPEN, Lead.owner_id.is_not(None))


def answers_soon(now: datetime) -> Sequence[int]:
    """Whose time for the first contact ends soon, and who was not reminded of it."""
    with reading_only() as session:
        edge = soon_edge(now)
        return _ids(session, Lead.response_due_at > now, Lead.response_due_at <= edge, OWNED,
                    ~_stepped(rules.SOON))


def answers_late(now: datetime) -> Sequence[int]:
    """Whose time for the first contact is over, and of whom that is not written down."""
    with reading_only() as session:
        return _ids(session, Lead.response_due_at <= now, OWNED, ~_stepped(rules.LATE))


def idle(now: datetime) -> Sequence[int]:
    """With nothing done for so long that their owners are warned."""
    with reading_only() as session:
        before = rules.idle_since_before(now, idle_terms())
        return _ids(session, Lead.idle_warned_at.is_(None), Lead.last_activity_at < before, OWNED,
                    Lead.stage.not_in(kept_stages()))


def warned(now: datetime) -> Sequence[int]:
    """Warned long enough ago."""
    with reading_only() as session:
        before = rules.warned_before(now, idle_terms())
        return _ids(session, Lead.idle_warned_at <= before, OWNED)


def new_leads() -> Sequence[int]:
    """Steps of leads that wait for the rules."""
    query = select(PoolStep.id).where(PoolStep.what == rules.NEW).order_by(PoolStep.id)
    return db.session.scalars(query.limit(MOST)).all()


def has_rules() -> bool:
    query = select(AllocationRule.id).where(AllocationRule.removed_at.is_(None))
    return db.session.scalar(query.limit(1)) is not None


def soon_edge(now: datetime) -> datetime:
    """What must be answered before this moment is pressing."""
    return calendar().after(now, float(value("pool.soon_hours")))


def has_step(lead: Lead, what: str) -> bool:
    """Whether this was written down since the present owner has it."""
    query = select(PoolStep.id).where(PoolStep.lead_id == lead.id, PoolStep.what == what,
                                      PoolStep.at >= lead.owned_since)
    return db.session.scalar(query.limit(1)) is not None


def kept_stages() -> list[str]:
    """Stages whose leads never go back by themselves."""
    share = idle_terms().keep_from
    return [stage.code for stage in stage_map() if stage.probability >= share]


def is_kept(lead: Lead) -> bool:
    return lead.stage in kept_stages()


def _stepped(what: str) -> ColumnElement[bool]:
    return exists().where(PoolStep.lead_id == Lead.id, PoolStep.what == what,
                          PoolStep.at >= Lead.owned_since)


def _ids(session: Session, *conditions: ColumnElement[bool]) -> Sequence[int]:
    return session.scalars(select(Lead.id).where(*conditions).limit(MOST)).all()
