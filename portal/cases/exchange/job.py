"""What every step of one import needs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from portal.cases.exchange.folders import Folder
from portal.cases.exchange.lookups import Lists, People
from portal.cases.exchange.records import Record
from portal.cases.models import Case
from portal.people.rules import Actor

# Raises `Wrong` for a record that may not go over the case that is there, or be added to it.
Guard = Callable[[Record, Case | None], None]


def anything_goes(record: Record, case: Case | None) -> None:
    """Whoever works on the machine itself may do everything."""


@dataclass(frozen=True)
class Job:
    """Who imports what, when, and where the files of cases are kept."""

    actor: Actor
    folder: Folder
    now: datetime
    zone: tzinfo
    people: People
    store: Path
    limit_mb: int
    guard: Guard = anything_goes
    # What becomes of words that no list knows; by default they become new entries.
    make_lists: Callable[["Job"], Lists] = lambda job: Lists(job.actor.id, job.now)
    # Whether what the files call validated counts as validated here.
    vouches: bool = True

    @property
    def limit(self) -> int:
        """The size of the largest file, in bytes."""
        return self.limit_mb * 1024 * 1024
