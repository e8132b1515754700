"""First contacts that are late and leads that are idle, of a person and of those they lead."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.models import PoolStep
from portal.leads.pool.queries.due import soon_edge
from portal.leads.rules import OPEN
from portal.people.models import Team, User
from portal.people.rules import Actor

ANSWERS, IDLE = "answers", "idle"
SHOWN = (ANSWERS, IDLE)
MOST = 10


def overdue_of(actor: Actor, shown: str, now: datetime) -> Select[Lead]:
    """Late first contacts or warned leads of this person and everybody they lead."""
    return _listed(shown, now).where(_theirs(actor))


def own_answers(actor: Actor, now: datetime) -> Sequence[Lead]:
    """Leads of this person whose first contact is due soon or late, the most pressing first."""
    query = (
        select(Lead).options(joinedload(Lead.customer))
        .where(Lead.response_due_at <= soon_edge(now), Lead.owner_id == actor.id,
               Lead.status == OPEN)
        .order_by(Lead.response_due_at, Lead.id).limit(MOST)
    )
    return db.session.scalars(query).all()


def own_idle(actor: Actor) -> Sequence[Lead]:
    """Leads of this person that go back to the pool unless something is done."""
    query = (
        select(Lead).options(joinedload(Lead.customer)).where(_warned(), Lead.owner_id == actor.id)
        .order_by(Lead.idle_warned_at, Lead.id).limit(MOST)
    )
    return db.session.scalars(query).all()


def late_of_people(actor: Actor, now: datetime) -> tuple[int, datetime | None]:
    """Late first contacts of those whose line manager this person is: how many, and since when
    the oldest is late."""
    led = select(Team.id).where(Team.leader_id == actor.id)
    query = (
        select(func.count(), func.min(Lead.response_due_at)).join(User, User.id == Lead.owner_id)
        .where(Lead.response_due_at <= now, Lead.status == OPEN, User.id != actor.id,
               User.team_id.in_(led))
    )
    count, oldest = db.session.execute(query).one()
    return count, oldest


def lateness(actor: Actor, since: datetime) -> Sequence[tuple[User, int]]:
    """How often those whom this person leads were late since then, most often first."""
    query = (
        select(User, func.count(PoolStep.id)).join(PoolStep, PoolStep.person_id == User.id)
        .where(PoolStep.what == rules.LATE, PoolStep.at >= since, _theirs(actor))
        .group_by(User.id).order_by(func.count(PoolStep.id).desc(), User.id).limit(50)
    )
    return [(person, count) for person, count in db.session.execute(query)]


def _listed(shown: str, now: datetime) -> Select[Lead]:
    query = select(Lead).join(Lead.owner).options(
        contains_eager(Lead.owner), joinedload(Lead.customer))
    if shown == ANSWERS:
        return query.where(Lead.response_due_at <= now, Lead.status == OPEN).order_by(
            Lead.response_due_at, Lead.id)
    return query.where(_warned()).order_by(Lead.idle_warned_at, Lead.id)


def _warned() -> ColumnElement[bool]:
    """Warned, and nothing done since."""
    return (Lead.status == OPEN) & Lead.idle_warned_at.is_not(None) & (
        Lead.last_activity_at <= Lead.idle_warned_at)


def _theirs(actor: Actor) -> ColumnElement[bool]:
    led = actor.tree.led_by(actor.id)
    return or_(User.id == actor.id, User.team_id.in_(led)) if led else User.id == actor.id
