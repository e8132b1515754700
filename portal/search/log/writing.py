"""Writes searches into the log, collapsed with what the person searched just before."""

from collections.abc import Collection, Iterable, Sequence
from itertools import groupby

from sqlalchemy import select, text

from portal.extensions import db
from portal.people.models import User
from portal.search.log.models import LoggedSearch
from portal.search.log.rules import TOGETHER, Asked, collapsed

# Any fixed number: PostgreSQL lets one transaction at a time collapse searches.
LOG_LOCK = 7_001_002


def write(searches: Collection[Asked]) -> None:
    """Add them to the log in the running transaction; whoever left for good is left out.

    Processes may come with what one person typed in any order.
    """
    if db.engine.dialect.name == "postgresql":
        # Two processes that both see no row would both write one.
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOG_LOCK})
    present = _present({asked.person_id for asked in searches})
    for person_id, group in groupby(sorted(searches, key=_person), key=_person):
        if person_id in present:
            _write_for(person_id, list(group))


def _person(asked: Asked) -> int:
    return asked.person_id


def _present(people: Iterable[int]) -> set[int]:
    return set(db.session.scalars(select(User.id).where(User.id.in_(set(people)))))


def _write_for(person_id: int, searches: Sequence[Asked]) -> None:
    moments = [asked.at for asked in searches]
    near = select(LoggedSearch).where(
        LoggedSearch.person_id == person_id,
        LoggedSearch.searched_at.between(min(moments) - TOGETHER, max(moments) + TOGETHER),
    ).order_by(LoggedSearch.searched_at, LoggedSearch.id)
    rows = {row.id: row for row in db.session.scalars(near)}
    before = [_asked(row, person_id) for row in rows.values()]
    for asked in collapsed([*before, *searches]):
        row = rows.pop(asked.row_id, None) if asked.row_id is not None else None
        _store(row or LoggedSearch(person_id=person_id), asked)
    for swallowed in rows.values():
        db.session.delete(swallowed)


def _asked(row: LoggedSearch, person_id: int) -> Asked:
    return Asked(
        person_id=person_id, text=row.text, key=row.key, total=row.total, surface=row.surface,
        narrowed=row.narrowed, at=row.searched_at, opened_ref=row.opened_ref,
        opened_rank=row.opened_rank, row_id=row.id,
    )


def _store(row: LoggedSearch, asked: Asked) -> None:
    row.text, row.key, row.total = asked.text, asked.key, asked.total
    row.surface, row.narrowed, row.searched_at = asked.surface, asked.narrowed, asked.at
    row.opened_ref, row.opened_rank = asked.opened_ref, asked.opened_rank
    db.session.add(row)
