"""The keys of one file, asked for one by one; every complaint names the line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, TypeVar

from portal.cases.exchange import values
from portal.cases.exchange.front_matter import Page
from portal.cases.exchange.records import Problem, Wrong

Value = TypeVar("Value")
# Vocabulary → folded word → code, for the vocabularies that nobody edits.
Codes = Mapping[str, Mapping[str, str]]


@dataclass
class Reader:
    """A file on its way to a record; `notes` collects what was kept without being understood."""

    path: str
    page: Page
    codes: Codes
    zone: tzinfo
    modified: datetime | None = None
    notes: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        # `Verified-Until` is `verified_until`; the first spelling of a key counts.
        self.keys: dict[str, str] = {}
        for key in self.page.fields:
            self.keys.setdefault(plain_key(key), key)

    def raw(self, key: str) -> Any:
        return self.page.fields[self.keys[key]] if key in self.keys else None

    def has(self, key: str) -> bool:
        return self.raw(key) not in (None, "", [])

    def line(self, key: str) -> int:
        return self.page.lines.get(self.keys.get(key, key), 0)

    @property
    def lines(self) -> dict[str, int]:
        return {key: self.line(key) for key in self.keys}

    def get(self, key: str, read: Callable[[Any], Value], otherwise: Value) -> Value:
        """The value of a key; one that makes no sense raises `Wrong` with its line."""
        if not self.has(key):
            return otherwise
        try:
            return read(self.raw(key))
        except Wrong as wrong:
            name = self.page.names.get(key, key)
            raise Wrong(f"{name}: {wrong.message}", self.line(key)) from None

    def text(self, key: str) -> str | None:
        return self.get(key, values.text_of, "") or None

    def code(self, key: str, vocabulary: str | None = None) -> str | None:
        codes = self.codes[vocabulary or key]
        return self.get(key, lambda value: values.code_of(value, codes), "") or None

    def moment(self, key: str) -> datetime | None:
        return self.get(key, lambda value: values.moment_of(value, self.zone), None)

    def note(self, key: str, message: Any) -> None:
        self.notes.append(Problem(self.path, self.line(key), message))


def plain_key(key: str) -> str:
    """The spelling of a key by which it is known."""
    return key.strip().lower().replace("-", "_").replace(" ", "_")
