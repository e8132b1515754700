"""Remind a person on a date."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.core.inserting import insert_new
from portal.extensions import db
from portal.reminders.models import Reminder


def remind(
    person_id: int, kind: str, subject: str, due_at: datetime, now: datetime, *, key: str,
    detail: Mapping[str, Any] | None = None,
) -> Reminder:
    """Tell the person at `due_at`. The same `key` moves the date, also of one that was done."""
    insert_new(Reminder, [{
        "person_id": person_id, "kind": kind, "subject": subject, "key": key, "due_at": due_at,
        "detail": {**(detail or {})}, "created_at": now,
    }])
    mine = select(Reminder).where(Reminder.person_id == person_id, Reminder.key == key)
    reminder = db.session.scalars(mine.with_for_update()).one()
    reminder.kind, reminder.subject, reminder.detail = kind, subject, {**(detail or {})}
    if reminder.due_at != due_at or reminder.done_at is not None:
        reminder.due_at, reminder.told_at, reminder.done_at = due_at, None, None
        reminder.changed_at = now
    return reminder
