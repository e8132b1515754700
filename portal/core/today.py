"""What waits for a person: every feature gives rows, the start page puts them into one list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any


class Pressing(IntEnum):
    """How pressing a row is: the list is in this order."""

    ALARM = 0
    ANSWER = 1
    DUE = 2
    DECIDE = 3
    CHECK = 4
    GO_ON = 5
    READ = 6


@dataclass(frozen=True)
class Choice:
    """Another answer than a row's action, given with one tap by a POST to `target`."""

    label: str
    target: str


@dataclass(frozen=True)
class Row:
    """One thing that waits: what, from whom (empty: oneself), since when (None: several things),
    what to do about it.

    `post` says that the action is done at once, `open` shows the record. `key` is the same for
    two rows about the same work: only the more pressing one is shown. `choices` are further
    answers beside the action.
    """

    pressing: Pressing
    what: str
    title: str
    open: str
    who: str
    since: datetime | None
    icon: str
    tone: str
    action: str
    target: str
    post: bool = False
    key: str = ""
    choices: tuple[Choice, ...] = ()


# `rows(actor, now)`: the rows of one feature, those of one sort as they should stand.
Provider = Callable[[Any, datetime], Iterable[Row]]
_providers: list[Provider] = []


def install(providers: Sequence[Provider]) -> None:
    """The whole list of who gives rows, replacing an earlier one."""
    _providers[:] = providers


def rows(actor: Any, now: datetime) -> list[Row]:
    """Everything that waits for this person, the most pressing first."""
    found = [row for provider in _providers for row in provider(actor, now)]
    shown: dict[str, Row] = {}
    for row in sorted(found, key=lambda row: row.pressing):
        shown.setdefault(row.key or f"{row.what}:{row.open}", row)
    return list(shown.values())
