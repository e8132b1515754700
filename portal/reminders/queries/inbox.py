"""Reads of what one person is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders import subjects
from portal.reminders.kinds import Kind, kind_of
from portal.reminders.models import Notification, Reminder

# More than this is told as "99+"; nobody counts them.
MOST = 100


@dataclass(frozen=True)
class Item:
    """A notification in the reader's words; without `url` the reader may not open it (any more),
    and then it says nothing of what it is about."""

    row: Any
    kind: Kind
    sentence: str
    who: str
    url: str | None


# Every page asks it, and putting it together takes longer than the answer.
_OPEN = (
    select(Notification.subject)
    .where(Notification.person_id == bindparam("person"), Notification.handled_at.is_(None))
    .limit(MOST)
)


def open_subjects(person_id: int) -> list[str]:
    """What the unhandled notifications of a person are about, at most `MOST` of them."""
    return list(db.session.scalars(_OPEN, {"person": person_id}))


def notifications_of(person_id: int, *, unhandled: bool) -> Select[Notification]:
    """A person's notifications, newest first."""
    query = (
        select(Notification)
        .where(Notification.person_id == person_id)
        .options(joinedload(Notification.actor))
        .order_by(Notification.created_at.desc(), Notification.id.desc())
    )
    return query.where(Notification.handled_at.is_(None)) if unhandled else query


def due_reminders(person_id: int, now: datetime) -> Select[Reminder]:
    """What a person wanted to be reminded of by now, longest due first."""
    return (
        select(Reminder)
        .where(Reminder.person_id == person_id, Reminder.done_at.is_(None),
               Reminder.due_at <= now)
        .order_by(Reminder.due_at, Reminder.id)
        .limit(MOST)
    )


def items_of(actor: Actor, rows: Sequence[Notification | Reminder]) -> list[Item]:
    """These rows in words, with what the actor may read now; one question for each sort of
    record."""
    found = subjects.about(actor, {row.subject for row in rows})
    return [_item(row, found.get(row.subject)) for row in rows]


def _item(row: Notification | Reminder, about: subjects.About | None) -> Item:
    kind = kind_of(row.kind)
    actor = row.actor if isinstance(row, Notification) else None
    who = actor.name if actor is not None else str(row.detail.get("who", ""))
    if about is None:
        return Item(row, kind, "", "", None)
    anchor = row.detail.get("anchor")
    url = f"{about.url}#{anchor}" if anchor else about.url
    return Item(row, kind, str(kind.says(who, about.title)), who, url)
