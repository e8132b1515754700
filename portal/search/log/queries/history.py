"""Questions to propose again: a person's own, and those that many ask."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select

from portal.core import clock
from portal.extensions import db
from portal.search.log.models import LoggedSearch
from portal.search.log.rules import RESULTS

POPULAR_FOR = timedelta(days=90)
# Fewer would show what single people look for.
FEWEST_PEOPLE = 3
MOST_POPULAR = 100
COUNT_AGAIN = timedelta(minutes=10)
# Of one's own searches the newest are looked at.
READ_BACK = 300

_counted: tuple[datetime, list[str]] | None = None


def recent(actor_id: int, limit: int) -> list[str]:
    """The person's own last different questions, newest first."""
    newest = (
        select(LoggedSearch.key, LoggedSearch.text)
        .where(LoggedSearch.person_id == actor_id, _meant())
        .order_by(LoggedSearch.searched_at.desc(), LoggedSearch.id.desc()).limit(READ_BACK)
    )
    found: dict[str, str] = {}
    for key, text in db.session.execute(newest):
        found.setdefault(key, text)
    return list(found.values())[:limit]


def popular(limit: int) -> list[str]:
    """What at least three people asked within 90 days, and what found something, in its latest
    words. Counted anew every ten minutes: it is asked for while people type."""
    global _counted
    now = clock.now()
    if _counted is None or not timedelta() <= now - _counted[0] < COUNT_AGAIN:
        _counted = now, _count(now)
    return _counted[1][:limit]


def count_popular_anew() -> None:
    """Forget what was counted."""
    global _counted
    _counted = None


def _count(now: datetime) -> list[str]:
    people, last = func.count(LoggedSearch.person_id.distinct()), func.max(LoggedSearch.searched_at)
    asked = (
        select(LoggedSearch.key, people.label("people"), last.label("last"))
        .where(LoggedSearch.searched_at >= now - POPULAR_FOR, _meant(),
               LoggedSearch.narrowed.is_(False))
        .group_by(LoggedSearch.key)
        .having(people >= FEWEST_PEOPLE, func.max(LoggedSearch.total) > 0)
        .order_by(people.desc(), last.desc(), LoggedSearch.key).limit(MOST_POPULAR)
    ).subquery()
    latest = (
        select(LoggedSearch.key, LoggedSearch.text)
        .join(asked, (asked.c.key == LoggedSearch.key)
              & (asked.c.last == LoggedSearch.searched_at))
        .where(_meant(), LoggedSearch.narrowed.is_(False))
        .order_by(asked.c.people.desc(), asked.c.last.desc(), LoggedSearch.key, LoggedSearch.id)
    )
    texts: dict[str, str] = {}
    for key, text in db.session.execute(latest):
        texts[key] = text
    return list(texts.values())


def _meant() -> ColumnElement[bool]:
    """Typing that was neither sent nor led anywhere is nothing to propose."""
    return or_(LoggedSearch.surface == RESULTS, LoggedSearch.opened_ref.is_not(None))
