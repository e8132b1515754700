"""What files say, as plain values: cases, solutions, comments, and what is wrong with a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from portal.cases.content import CaseContent
from portal.transfer.wrong import Wrong

# Keys of a file that this portal gives a meaning; any other is kept in `CaseContent.extra`.
FACTS = ("amount_band", "cycle_days", "competitors", "stage_reached", "roles_reached",
         "main_reason", "contributing_reasons", "price_gap", "actions", "repeat", "avoid")
LIST_FIELDS = ("stage", "industry", "product", "region")


class NotYours(Wrong):
    """It goes over a case that the person reads but may not change; equal, it does no harm."""


@dataclass(frozen=True)
class Problem:
    """A file that stayed out, or a part of it: where and why. Line 0 means the whole file."""

    file: str
    line: int
    reason: Any

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.reason}"


@dataclass(frozen=True)
class File:
    """A file beside a case: `place` is where the text links to it. The bytes come from `folder`,
    or along with the record when a Word file held them."""

    name: str
    place: str
    path: str
    content: bytes | None = None


@dataclass(frozen=True)
class CaseRecord:
    """A case as its file tells it. None means that the file does not say."""

    path: str
    ref: str
    content: CaseContent
    author: str | None = None
    team: str | None = None
    created: datetime | None = None
    updated: datetime | None = None
    modified: datetime | None = None
    confidence: str | None = None
    confidence_before: str | None = None
    verified_until: date | None = None
    # The ref of the case that took it in.
    merged_into: str | None = None
    files: tuple[File, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    # The keys that were given, where what is not given stays as it is stored; None: all of them.
    given: frozenset[str] | None = None


@dataclass(frozen=True)
class TextRecord:
    """A solution or a comment as its file tells it."""

    path: str
    ref: str
    kind: str
    of: str
    body: str
    author: str | None = None
    created: datetime | None = None
    updated: datetime | None = None
    modified: datetime | None = None
    accepted: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)


Record = CaseRecord | TextRecord
