"""What stands in a person's calendar: every room gives its own dates."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.people.rules import Actor


@dataclass(frozen=True)
class Entry:
    """One date. A plain `starts` is the whole day; a moment without `ends` is a quarter of an hour.

    `uid` is the same for ever ("reminder-12"); `made` and `changed` are when the date was set and
    last moved. `alarm` is how long before the start a calendar rings, None for not at all.
    """

    uid: str
    summary: str
    starts: date | datetime
    url: str
    made: datetime
    changed: datetime
    ends: datetime | None = None
    note: str = ""
    alarm: timedelta | None = None


# `entries(actor, from_day, to_day)`: what this person may read now, in words of their language.
Source = Callable[[Actor, date, date], Iterable[Entry]]
_sources: list[Source] = []


def install(sources: Sequence[Source]) -> None:
    """The whole list of who gives dates, replacing an earlier one."""
    _sources[:] = sources


def entries(actor: Actor, from_day: date, to_day: date) -> list[Entry]:
    """Everything in these days, in an order that stays the same."""
    found = [entry for source in _sources for entry in source(actor, from_day, to_day)]
    return sorted(found, key=lambda entry: entry.uid)
