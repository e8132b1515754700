"""What an import did, counted and listed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.cases.exchange.records import Problem


@dataclass(frozen=True)
class Outcome:
    """What became of one record: "new", "changed" or "unchanged", and how its row stood before
    and stands now. `files` are the attachments that it brought."""

    path: str
    ref: str
    result: str
    case_id: int
    text_id: int | None = None
    revision_before: int | None = None
    revision_after: int | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    files: tuple[int, ...] = ()


@dataclass
class Report:
    """Counts of records, what should be known, and what stayed out."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    # Files of other kinds that were passed by.
    others: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    # (list, label) of the entries that the lists got.
    terms: list[tuple[str, str]] = field(default_factory=list)
    # Codes of the tags that nobody used before.
    tags: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def add(self, part: "Report") -> None:
        """Take over what a batch did, once it is committed."""
        self.new += part.new
        self.changed += part.changed
        self.unchanged += part.unchanged
        self.others += part.others
        self.problems += part.problems
        self.notes += part.notes
        self.terms += part.terms
        self.tags += part.tags

    def problem(self, file: str, message: Any, line: int = 0) -> None:
        self.problems.append(Problem(file, line, message))

    def note(self, file: str, message: Any, line: int = 0) -> None:
        self.notes.append(Problem(file, line, message))

    @property
    def summarised_notes(self) -> list[str]:
        """Each remark once: where it first applies, and to how many files."""
        places: dict[str, list[Problem]] = {}
        for note in self.notes:
            places.setdefault(str(note.reason), []).append(note)
        return [
            str(found[0]) if len(found) == 1 else f"{found[0]} (× {len(found)})"
            for found in places.values()
        ]
