"""Whom a difficulty alert waits for: the line manager, then one leader after another (K3)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock_time

# What the steps of an alert's way are called.
RAISED, AGAIN, SILENT, LEFT, FOUND = "raised", "again", "silent", "left", "found"
HANDED, RETURNED, ANSWERED, SOLVED, MERGED = (
    "handed", "returned", "answered", "solved", "merged",
)
REOPENED, WITHDRAWN, PUT_BACK = "reopened", "withdrawn", "put_back"
OPEN, DONE, EVERY = "open", "answered", "all"
SHOWN = (OPEN, DONE, EVERY)


@dataclass(frozen=True)
class Standing:
    """Whom an alert waits for at which level (1 is the line manager), since when, until when."""

    level: int
    manager_id: int | None
    since: datetime
    due_at: datetime


@dataclass(frozen=True)
class Move:
    """A change of hands, and why: the last one was silent, left the chain, or there was nobody."""

    why: str
    standing: Standing


def chain(
    leaders: Sequence[int], heads: Iterable[int], managers: Iterable[int], *,
    asker_id: int, readers: Iterable[int],
) -> tuple[int, ...]:
    """Who is to answer, one after another.

    The leaders above the asker, nearest first. Where nobody leads the asker (the head of the
    department asks, or somebody in no team), one of the other heads; where there is none, one
    manager. Only people who may read the problem come into question.
    """
    can_read = frozenset(readers)
    for candidates in (leaders, sorted(heads), sorted(managers)):
        found = [each for each in candidates if each in can_read and each != asker_id]
        if found:
            return tuple(found) if candidates is leaders else (found[0],)
    return ()


def first_standing(
    people: Sequence[int], now: datetime, later: Callable[[datetime], datetime]
) -> Standing:
    """Where an alert begins. `later(moment)` is when the time to answer has passed."""
    return Standing(1, people[0] if people else None, now, later(now))


def moves(
    standing: Standing, people: Sequence[int], now: datetime,
    later: Callable[[datetime], datetime],
) -> list[Move]:
    """What has happened to an open alert until now, one change of hands after another.

    Who no longer leads the asker loses the alert to whoever stands at that level now, whose clock
    begins anew. The silent one's clock has run out: the next leader's began at that moment, so
    that an hour in which nobody looked makes no difference. The top keeps it.
    """
    found: list[Move] = []
    if standing.manager_id not in people:
        if not people:
            return _nobody(standing, now, later)
        why = LEFT if standing.manager_id is not None else FOUND
        level = min(standing.level, len(people))
        standing = Standing(level, people[level - 1], now, later(now))
        found.append(Move(why, standing))
    place = people.index(standing.manager_id or 0)
    due = later(standing.since)
    while due <= now and place + 1 < len(people):
        place += 1
        standing = Standing(place + 1, people[place], due, later(due))
        found.append(Move(SILENT, standing))
        due = standing.due_at
    return found


def _nobody(
    standing: Standing, now: datetime, later: Callable[[datetime], datetime]
) -> list[Move]:
    if standing.manager_id is None:
        return []
    return [Move(LEFT, Standing(standing.level, None, now, later(now)))]


def reminds_today(
    due_at: datetime, is_top: bool, reminded_on: date | None, local_now: datetime, working: bool,
    opens_at: clock_time,
) -> bool:
    """Whether the top, silent beyond the time to answer, is reminded now: once each working day,
    not before work begins."""
    return (
        is_top and working and due_at <= local_now and reminded_on != local_now.date()
        and local_now.time() >= opens_at
    )


def answers(
    person_id: int, *, asker_id: int, leaders: Iterable[int], waits_for: Iterable[int | None]
) -> bool:
    """Whether this person's reply is the manager's reply: they lead the asker, or the alert is
    with them."""
    return person_id != asker_id and person_id in {*leaders, *waits_for}
