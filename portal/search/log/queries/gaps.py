"""Questions that the library does not answer, by their words; nothing of who asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select, union_all

from portal.core import clock
from portal.extensions import db
from portal.search.log.models import GapDecision, LoggedSearch
from portal.search.log.queries.history import FEWEST_PEOPLE
from portal.search.log.queries.wording import BATCH, wordings
from portal.search.sources import by_source

DAYS = (30, 90, 365)
SHOWN = ("open", "none", "unopened", "asked", "dismissed")
SORTS = ("asked", "latest", "fewest")
# Once may be chance; found and left unopened twice is a question without an answer.
OFTEN = 2
ASKED = func.sum(case((LoggedSearch.narrowed, 0), else_=1))
BEST = func.max(LoggedSearch.total)


@dataclass(frozen=True)
class Gap:
    """A question: `asked` times, by three people or more (`by_several`) or fewer, last on a day;
    `best` is the most that was found. `ref` is the record that asks it."""

    key: str
    text: str
    asked: int
    by_several: bool
    last: date | None
    best: int
    verdict: str | None
    ref: str | None
    decided: date | None


@dataclass(frozen=True)
class Gaps:
    """Some of the gaps, and how many there are."""

    items: Sequence[Gap]
    total: int


def gaps(
    now: datetime, days: int = 90, show: str = "open", sort: str = "asked", *,
    limit: int = 25, offset: int = 0,
) -> Gaps:
    """Questions of the last `days` without result, or asked twice and never opened.

    `show` is one of `SHOWN`. A question that was asked of a colleague stays away while that waits
    for its solution; afterwards only searches since then count.
    """
    since = now - timedelta(days=days)
    query = _decided(since, show) if show in ("asked", "dismissed") else _open(since, show)
    rows = db.session.execute(
        query.order_by(*_order(query, sort)).limit(limit).offset(offset)
    ).all()
    keys = [row.key for row in rows]
    words, people = wordings(keys), _people(keys, since)
    return Gaps([_gap(row, words, people) for row in rows], rows[0].altogether if rows else 0)


def _gap(row: Any, words: Mapping[str, str], people: Mapping[str, int]) -> Gap:
    return Gap(
        key=row.key, text=words.get(row.key, row.key), asked=row.asked or 0,
        by_several=people.get(row.key, 0) >= FEWEST_PEOPLE, best=row.best or 0,
        last=clock.local_day(row.last) if row.last else None,
        verdict=row.verdict, ref=row.ref,
        decided=clock.local_day(row.decided_at) if row.decided_at else None,
    )


def _people(keys: Sequence[str], since: datetime) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(keys), BATCH):
        counted = (
            select(LoggedSearch.key, func.count(LoggedSearch.person_id.distinct()))
            .where(LoggedSearch.key.in_(keys[start : start + BATCH]),
                   LoggedSearch.searched_at >= since)
            .group_by(LoggedSearch.key)
        )
        found.update((key, count) for key, count in db.session.execute(counted))
    return found


def _counted(since: datetime) -> Select[*tuple[Any, ...]]:
    """The searches since then by key: how often asked, when last, and the most found."""
    return (
        select(LoggedSearch.key, ASKED.label("asked"), BEST.label("best"),
               func.max(LoggedSearch.searched_at).label("last"))
        .where(LoggedSearch.searched_at >= since)
        .group_by(LoggedSearch.key)
    )


def _open(since: datetime, show: str) -> Select[Any]:
    wanted = {"none": BEST == 0, "unopened": and_(BEST > 0, ASKED >= OFTEN)}
    is_gap = and_(
        ASKED > 0, func.count(LoggedSearch.opened_ref) == 0,
        wanted.get(show, or_(BEST == 0, ASKED >= OFTEN)),
    )
    # Decisions are few: they are looked at after the searches have been counted.
    undecided = _counted(since).having(
        is_gap, LoggedSearch.key.not_in(select(GapDecision.key))
    )
    settled = (
        _counted(since).join(GapDecision, GapDecision.key == LoggedSearch.key)
        .where(GapDecision.verdict == "asked", GapDecision.key.not_in(_waiting_keys()),
               LoggedSearch.searched_at > GapDecision.decided_at)
        .having(is_gap)
    )
    both = union_all(undecided, settled).subquery()
    return _with_decision(both, both.c.key).outerjoin(
        GapDecision, GapDecision.key == both.c.key
    )


def _decided(since: datetime, verdict: str) -> Select[Any]:
    these = select(GapDecision.key).where(GapDecision.verdict == verdict)
    counted = _counted(since).where(LoggedSearch.key.in_(these)).subquery()
    return (
        _with_decision(counted, GapDecision.key).select_from(GapDecision)
        .outerjoin(counted, counted.c.key == GapDecision.key)
        .where(GapDecision.verdict == verdict)
    )


def _with_decision(counted: Subquery, key: Any) -> Select[Any]:
    return select(
        key.label("key"), counted.c.asked, counted.c.last, counted.c.best, GapDecision.verdict,
        GapDecision.ref, GapDecision.decided_at, func.count().over().label("altogether"),
    )


def _order(query: Select[Any], sort: str) -> list[ColumnElement[Any]]:
    columns = query.selected_columns
    asked, last = func.coalesce(columns.asked, 0).desc(), columns.last.desc().nulls_last()
    orders: dict[str, list[ColumnElement[Any]]] = {
        "latest": [last, asked], "fewest": [func.coalesce(columns.best, 0), asked, last],
    }
    return [*orders.get(sort, [asked, last]), columns.key]


def _waiting_keys() -> list[str]:
    """Keys of questions that were asked of a colleague and still wait for their solution."""
    asked = select(GapDecision.key, GapDecision.ref).where(GapDecision.verdict == "asked")
    refs = {key: ref or "" for key, ref in db.session.execute(asked)}
    waiting = {
        f"{source.prefix}:{record}"
        for source, ids in by_source(refs.values()).items() for record in source.waiting(ids)
    }
    return [key for key, ref in refs.items() if ref in waiting]
