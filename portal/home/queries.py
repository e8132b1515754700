"""Reads of the start page and the audit log."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, select

from portal.cases.models import Case
from portal.cases.queries import waiting
from portal.core import clock
from portal.core.audit import AuditEntry
from portal.core.i18n import current_language
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor

# So long somebody counts as new.
NEW_FOR = timedelta(days=90)


def newest_cases(actor: Actor) -> list[Case]:
    return list(db.session.scalars(waiting.newest(actor)))


def starters(actor: Actor, user: User) -> list[Case]:
    """Where a new hire starts to read; empty for everybody else."""
    since = user.joined_on or clock.local_day(user.created_at)
    if clock.today() - since > NEW_FOR:
        return []
    return list(db.session.scalars(waiting.best_to_start(actor, current_language())))


def audit_entries() -> Select[AuditEntry]:
    return select(AuditEntry).order_by(AuditEntry.id.desc())


def names_of(entries: Sequence[AuditEntry]) -> dict[int, str]:
    """The names of those who acted, and of those it was about."""
    ids = {entry.actor_id for entry in entries} | {_user_of(entry.subject) for entry in entries}
    ids.discard(None)
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return dict(row for row in rows)


def subject_name(subject: str, names: dict[int, str]) -> str:
    """The name behind `user:12`; empty for other records."""
    user_id = _user_of(subject)
    return names.get(user_id, "") if user_id is not None else ""


def _user_of(subject: str) -> int | None:
    kind, _, number = subject.partition(":")
    return int(number) if kind == "user" and number.isdigit() and len(number) < 10 else None
