"""What every step of one import needs to know."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from portal.cases.exchange.folders import Folder
from portal.cases.exchange.lookups import People
from portal.people.rules import Actor


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

    @property
    def limit(self) -> int:
        """The size of the largest file, in bytes."""
        return self.limit_mb * 1024 * 1024
