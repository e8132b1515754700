"""Changing single days of the working calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from portal.core import audit
from portal.core.audit import AuditEntry
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.extensions import db
from portal.people.rules import Actor
from portal.workdays import queries
from portal.workdays.models import CalendarDay

LONGEST_LABEL = 60
IMPORTED = "calendar.imported"


@dataclass(frozen=True)
class DayFacts:
    """Whether a day is worked, and why."""

    day: date
    working: bool
    label: str = ""


def set_day(actor: Actor, facts: DayFacts, now: datetime) -> bool:
    """The department decides this day itself; whether that changed anything."""
    before = _write(actor, facts, now)
    if before is UNCHANGED:
        return False
    audit.record(actor.id, "calendar.day_set", _subject(facts.day), now, working=facts.working,
                 label=facts.label, before=before)
    queries.forget()
    return True


def clear_day(actor: Actor, day: date, now: datetime) -> None:
    """The day is again as weekdays and public holidays have it."""
    row = _held(day)
    if row is not None:
        before = _facts(row)
        db.session.delete(row)
        audit.record(actor.id, "calendar.day_cleared", _subject(day), now, before=before)
        queries.forget()


def import_days(actor: Actor, days: Iterable[DayFacts], now: datetime) -> int:
    """Set many days at once; how many changed. `undo_import` takes the newest import back."""
    before = {}
    for facts in days:
        found = _write(actor, facts, now)
        if found is not UNCHANGED:
            before[facts.day.isoformat()] = found
    if before:
        audit.record(actor.id, IMPORTED, "calendar", now, before=before)
        queries.forget()
    return len(before)


def undo_import(actor: Actor, now: datetime) -> int:
    """Put the days of one's newest import back as they were before; how many. A day that
    somebody decided since stays as they decided.

    Raises `Refused` when it was taken back already.
    """
    last = db.session.scalar(
        select(AuditEntry)
        .where(AuditEntry.actor_id == actor.id,
               AuditEntry.action.in_((IMPORTED, "calendar.import_undone")))
        .order_by(AuditEntry.id.desc()).limit(1)
    )
    if last is None or last.action != IMPORTED:
        raise Refused(_l("There is no import of yours to take back."))
    before = last.detail["before"]
    days = [day for text in before if _still_imported(day := date.fromisoformat(text), last)]
    for day in days:
        _restore(actor, day, before[day.isoformat()], now)
    audit.record(actor.id, "calendar.import_undone", "calendar", now, days=len(days))
    queries.forget()
    return len(days)


def _still_imported(day: date, imported: AuditEntry) -> bool:
    """Whether nobody decided this day anew since."""
    row = _held(day)
    return row is not None and (row.changed_by_id, row.changed_at) == (
        imported.actor_id, imported.at)


def _restore(actor: Actor, day: date, facts: Mapping[str, Any] | None, now: datetime) -> None:
    if facts is not None:
        _write(actor, DayFacts(day, facts["working"], facts["label"]), now)
    elif (row := _held(day)) is not None:
        db.session.delete(row)


UNCHANGED: dict[str, object] = {"unchanged": True}


def _write(actor: Actor, facts: DayFacts, now: datetime) -> dict[str, object] | None:
    """Keep what is said of the day. What was said before, None if nothing; `UNCHANGED` when it
    says the same."""
    row, label = _held(facts.day), line(facts.label)[:LONGEST_LABEL]
    before = _facts(row) if row is not None else None
    if before == {"working": facts.working, "label": label}:
        return UNCHANGED
    if row is None:
        row = CalendarDay(day=facts.day)
        db.session.add(row)
    row.working, row.label = facts.working, label
    row.changed_by_id, row.changed_at = actor.id, now
    return before


def _facts(row: CalendarDay) -> dict[str, object]:
    return {"working": row.working, "label": row.label}


def _held(day: date) -> CalendarDay | None:
    return db.session.get(CalendarDay, day, with_for_update=True, populate_existing=True)


def _subject(day: date) -> str:
    return f"calendar:{day.isoformat()}"
