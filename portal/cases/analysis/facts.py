"""Reads the facts of retrospectives: one narrow statement, whatever is counted afterwards.

The lists of a retrospective stand as JSON in one column, and most of what the page shows is counted
from the same few values; so they are read once and counted in memory. For 10,000 retrospectives
that takes less than a tenth of a grouped statement for each table.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import Float, Select, Text, cast, select

from portal.cases.analysis.rules import UNSAID, Fact, competitor_key
from portal.cases.models import Case, Retrospective
from portal.cases.queries.cases import readable_by
from portal.cases.rules import LIVE, RETROSPECTIVES
from portal.config import ROOT
from portal.core import clock
from portal.extensions import db
from portal.people.rules import Actor


@dataclass(frozen=True)
class Facts:
    """What the retrospectives of a span say, and how each competitor is mostly spelled."""

    facts: list[Fact]
    spellings: Mapping[str, str]


def facts_of(
    actor: Actor, start: date, end: date, teams: Collection[int] | None = None
) -> Facts:
    """The published retrospectives of these days that the person may read."""
    rows = db.session.execute(_statement(actor, start, end, teams)).all()
    lists = _Lists()
    day_of = _Days()
    facts = [
        Fact(row[0], row[1], day_of[row[2].date(), row[2].hour, row[2].minute],
             row[3] or UNSAID, row[4] or UNSAID, row[5] or UNSAID, row[6] or UNSAID,
             row[7] or UNSAID, row[8] or UNSAID, row[9], row[10],
             lists.competitors(row[11]), lists.codes(row[12]), lists.codes(row[13]))
        for row in rows
    ]
    return Facts(facts, lists.spellings())


def _statement(
    actor: Actor, start: date, end: date, teams: Collection[int] | None
) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        select(
            Case.id, Case.kind, Case.created_at, Case.product, Case.industry, Case.region,
            Retrospective.main_reason, Retrospective.stage_reached, Retrospective.amount_band,
            Retrospective.cycle_days, cast(Retrospective.price_gap, Float),
            cast(Retrospective.competitors, Text),
            cast(Retrospective.contributing_reasons, Text),
            cast(Retrospective.roles_reached, Text),
        )
        .join(Retrospective, Retrospective.case_id == Case.id)
        .where(
            Case.kind.in_(RETROSPECTIVES), Case.confidence.in_(LIVE), readable_by(actor),
            Case.created_at >= _midnight(start), Case.created_at < _midnight(end),
            Case.ref.not_in(examples()),
        )
    )
    return query if teams is None else query.where(Case.team_id.in_(teams))


@lru_cache(maxsize=1)
def examples() -> frozenset[str]:
    """The retrospectives of the starter library: they teach, but nobody here won or lost them."""
    return frozenset(
        f"{file.parts[-3]}-{file.stem}"
        for file in (ROOT / "content").glob("*/retrospectives/*.md")
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.zone()).astimezone(UTC)


class _Days(dict[tuple[date, int, int], date]):
    """The calendar day here of a moment in UTC; many deals share the same."""

    def __init__(self) -> None:
        super().__init__()
        self._zone = clock.zone()

    def __missing__(self, moment: tuple[date, int, int]) -> date:
        day, hour, minute = moment
        at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
        self[moment] = found = at.astimezone(self._zone).date()
        return found


class _Lists:
    """Lists as the database keeps them; the same few come again and again, so each is read once."""

    def __init__(self) -> None:
        self._codes: dict[str | None, tuple[str, ...]] = {}
        self._competitors: dict[str | None, tuple[str, ...]] = {}
        self._times: Counter[str | None] = Counter()

    def codes(self, text: str | None) -> tuple[str, ...]:
        found = self._codes.get(text)
        if found is None:
            found = self._codes[text] = tuple(dict.fromkeys(_read(text)))
        return found

    def competitors(self, text: str | None) -> tuple[str, ...]:
        self._times[text] += 1
        found = self._competitors.get(text)
        if found is None:
            keys = (competitor_key(name) for name in _read(text))
            found = self._competitors[text] = tuple(dict.fromkeys(key for key in keys if key))
        return found

    def spellings(self) -> Mapping[str, str]:
        """For each competitor the spelling used most."""
        used: dict[str, Counter[str]] = {}
        for text, times in self._times.items():
            for name in _read(text):
                used.setdefault(competitor_key(name), Counter())[name.strip()] += times
        return {key: _most_used(names) for key, names in used.items()}


def _read(text: str | None) -> Iterable[str]:
    values = json.loads(text) if text else None
    return (str(value) for value in values) if isinstance(values, list) else ()


def _most_used(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))
