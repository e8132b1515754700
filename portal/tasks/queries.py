"""Reads of long work."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.people.rules import Actor
from portal.tasks.models import Task
from portal.tasks.rules import DEAD_AFTER


def own_tasks(actor: Actor) -> Select[Task]:
    """What this person asked for, newest first."""
    return (
        select(Task).where(Task.person_id == actor.id)
        .options(joinedload(Task.person)).order_by(Task.id.desc())
    )


def all_tasks() -> Select[Task]:
    """What anybody asked for, newest first."""
    return select(Task).options(joinedload(Task.person)).order_by(Task.id.desc())


def wants_attention(now: datetime) -> bool:
    """Whether anything waits, or runs without anybody working on it."""
    dead = and_(
        Task.status == "running",
        or_(Task.beat_at.is_(None), Task.beat_at < now - DEAD_AFTER),
    )
    query = select(Task.id).where(or_(Task.status == "waiting", dead)).limit(1)
    return db.session.scalar(query) is not None


def running() -> Sequence[Task]:
    """What is said to run."""
    return db.session.scalars(select(Task).where(Task.status == "running")).all()


def next_waiting() -> Task | None:
    """The longest waiting work of a kind of which nothing runs."""
    busy = select(Task.kind).where(Task.status == "running")
    query = select(Task).where(Task.status == "waiting", Task.kind.not_in(busy))
    return db.session.scalars(query.order_by(Task.id).limit(1)).first()
