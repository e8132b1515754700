"""Reads of the start page and the audit log."""

from collections.abc import Iterable
from datetime import timedelta

from flask_babel import get_locale
from sqlalchemy import Select, select

from portal.cases.models import Case
from portal.cases.queries import waiting
from portal.core import clock
from portal.core.audit import AuditEntry
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor

# So long somebody counts as new.
NEW_FOR = timedelta(days=90)


def newest_cases(actor: Actor) -> list[Case]:
    return list(db.session.scalars(waiting.newest(actor)))


def starters(actor: Actor, user: User) -> list[Case]:
    """Where a new hire starts to read; empty for everybody else."""
    if user.joined_on is None or clock.today() - user.joined_on > NEW_FOR:
        return []
    return list(db.session.scalars(waiting.best_to_start(actor, str(get_locale()))))


def audit_entries() -> Select[AuditEntry]:
    return select(AuditEntry).order_by(AuditEntry.id.desc())


def names_of(entries: Iterable[AuditEntry]) -> dict[int, str]:
    """The names of those who acted."""
    ids = {entry.actor_id for entry in entries if entry.actor_id is not None}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return dict(row for row in rows)
