"""The facts of retrospectives that a person may read, and the memory that makes them quick.

Who may read which case is asked of the database every time, from an index. What a retrospective
says only changes with its revision, so it is read once and then remembered by this process.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from operator import itemgetter

from sqlalchemy import Select, String, cast, func, select

from portal.cases.analysis.counting import Fact, competitor_key
from portal.cases.analysis.stored import stored_facts
from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.cases.rules import LIVE, RETROSPECTIVES
from portal.config import ROOT
from portal.core import clock
from portal.extensions import db
from portal.people.rules import Actor

# What each revision of a case says, by "case:revision". About 500 bytes each.
_known: dict[str, Fact] = {}
MOST_KNOWN = 60_000
NAMES = itemgetter(Fact._fields.index("names"))


@dataclass(frozen=True)
class Facts:
    """What the retrospectives of a span say, and how each competitor is mostly spelled."""

    facts: list[Fact]
    spellings: Mapping[str, str]


def facts_of(
    actor: Actor, start: date, end: date, teams: Collection[int] | None = None
) -> Facts:
    """The published retrospectives of these days that the person may read."""
    # All in one string: ten thousand rows would cost ten times as much.
    found = db.session.scalar(_statement(actor, start, end, teams))
    keys = found.split(",") if found else []
    unknown = [key for key in keys if key not in _known]
    if unknown and len(_known) + len(unknown) > MOST_KNOWN:
        _known.clear()
        unknown = keys
    _learn(unknown)
    facts = [_known[key] for key in keys if key in _known]
    return Facts(facts, _spellings(facts))


def forget() -> None:
    """As a new process: for a database that was replaced."""
    _known.clear()


def _learn(keys: Sequence[str]) -> None:
    for revision, fact in stored_facts([int(key.partition(":")[0]) for key in keys]):
        _known[f"{fact.case_id}:{revision}"] = fact


def _statement(
    actor: Actor, start: date, end: date, teams: Collection[int] | None
) -> Select[str]:
    key = cast(Case.id, String) + ":" + cast(Case.revision, String)
    query = select(func.aggregate_strings(key, ",")).where(
        Case.kind.in_(RETROSPECTIVES), Case.confidence.in_(LIVE), readable_by(actor),
        Case.created_at >= _midnight(start), Case.created_at < _midnight(end),
        Case.id.not_in(select(Case.id).where(Case.ref.in_(examples()))),
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


def _spellings(facts: Sequence[Fact]) -> Mapping[str, str]:
    """For each competitor the spelling used most."""
    used: dict[str, Counter[str]] = {}
    for names, times in Counter(map(NAMES, facts)).items():
        for name in names:
            used.setdefault(competitor_key(name), Counter())[name] += times
    return {key: _most_used(names) for key, names in used.items()}


def _most_used(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))
