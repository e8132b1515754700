"""The cases behind each number of library health: what is counted is exactly what opens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, select

from portal.cases.models import Case, Reuse, case_tags
from portal.cases.queries.cases import readable_by
from portal.cases.rules import LIVE, SOURCES
from portal.cases.trust.queries.queue import waits
from portal.core import clock
from portal.core.i18n import LANGUAGES
from portal.people.rules import Actor

# The team of an address that means everything, whatever one leads.
WHOLE = "all"
# Years beyond which no zone can tell the time.
EARLIEST, LATEST = 2000, 2100
# A question waits so many days: up to three, a week, a month, or longer.
AGES = {"3": (0, 3), "7": (4, 7), "30": (8, 30), "older": (31, 36_500)}


@dataclass(frozen=True)
class Scope:
    """Whose cases are looked at: those of a team and the teams below it, or all; and the day."""

    today: date
    team_id: int | None = None
    team_ids: frozenset[int] | None = None

    @property
    def code(self) -> str:
        """How an address names it."""
        return WHOLE if self.team_id is None else str(self.team_id)

    def holds(self, actor: Actor) -> ColumnElement[bool]:
        """What of it this person may read; published, and not put away."""
        live = and_(readable_by(actor), Case.confidence.in_(LIVE))
        if self.team_ids is None:
            return live
        # Not by the index of teams: one team may own most of the library, and the other indexes
        # answer without looking at the cases themselves.
        return and_(live, Case.team_id.op("+")(0).in_(self.team_ids))


def condition(what: str, value: str, today: date) -> ColumnElement[bool] | None:
    """Which cases a number counts, of those in the scope; None for what nobody counts."""
    made = _CONDITIONS.get(what)
    try:
        return made(value, today) if made else None
    except ValueError:
        return None


def months(today: date, number: int = 12) -> list[date]:
    """The first days of the last months, this one last."""
    first, found = today.replace(day=1), []
    for _ in range(number):
        found.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    return found[::-1]


def month_of(value: str) -> tuple[datetime, datetime]:
    """Beginning and end of a month written as 2026-06. Raises `ValueError` for anything else."""
    first = date.fromisoformat(f"{value}-01")
    if not EARLIEST <= first.year <= LATEST:
        raise ValueError(value)
    return _midnight(first), _midnight((first + timedelta(days=32)).replace(day=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.zone())


def _created(value: str, today: date) -> ColumnElement[bool]:
    begin, end = month_of(value)
    return and_(Case.created_at >= begin, Case.created_at < end)


def _reused(value: str, today: date) -> ColumnElement[bool]:
    begin, end = month_of(value)
    return Case.id.in_(
        select(Reuse.case_id).where(Reuse.reused_at >= begin, Reuse.reused_at < end)
    )


def _unanswered(value: str, today: date) -> ColumnElement[bool]:
    if value not in AGES:
        raise ValueError(value)
    youngest, oldest = AGES[value]
    return and_(
        Case.kind == "problem", Case.state == "open",
        Case.created_at < _midnight(today - timedelta(days=youngest - 1)),
        Case.created_at >= _midnight(today - timedelta(days=oldest)),
    )


def _of_owner(value: str, today: date) -> ColumnElement[bool]:
    return and_(waits("overdue", today), Case.owner_id == int(value[:9]))


def _one_of(column: Any, codes: Any) -> Callable[[str, date], ColumnElement[bool]]:
    def made(value: str, today: date) -> ColumnElement[bool]:
        if value not in codes:
            raise ValueError(value)
        found: ColumnElement[bool] = column == value
        return found

    return made


_CONDITIONS: dict[str, Callable[[str, date], ColumnElement[bool]]] = {
    "current": lambda value, today: and_(
        Case.confidence == "validated",
        (Case.verified_until.is_(None)) | (Case.verified_until >= today)),
    "not_validated": lambda value, today: Case.confidence == "not_validated",
    **{tab: (lambda value, today, tab=tab: waits(tab, today))  # type: ignore[misc]
       for tab in ("overdue", "changed", "flagged", "in_vain")},
    "untagged": lambda value, today: ~exists().where(case_tags.c.case_id == Case.id),
    "created": _created, "reused": _reused, "unanswered": _unanswered, "of_owner": _of_owner,
    "language": _one_of(Case.language, LANGUAGES), "source": _one_of(Case.source, SOURCES),
}
