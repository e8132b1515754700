"""The present moment, and moments as people see them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app

# The moment that is told of while a story of the past is replayed.
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present, aware and in UTC; tests freeze it through `app.config["CLOCK"]`."""
    told = _told.get()
    if told is not None:
        return told
    frozen = current_app.config.get("CLOCK")
    return frozen() if frozen else datetime.now(UTC)


@contextmanager
def telling_of(moment: datetime) -> Iterator[None]:
    """While the past is replayed, this is the present of everything that reacts."""
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)


def zone() -> ZoneInfo:
    """The zone in which the portal shows times."""
    return ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])


def today() -> date:
    """The calendar day in the portal's zone."""
    return now().astimezone(zone()).date()


def local_day(moment: datetime) -> date:
    """The calendar day on which a moment falls in the portal's zone."""
    return moment.astimezone(zone()).date()
