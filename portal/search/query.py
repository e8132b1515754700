"""The query language: words, "phrases", -exclusions and field:values, in Chinese and English.

Nothing a person types is an error; what could not be used is told in `Query.notes`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

MAX_CHARACTERS = 200
MAX_WORDS = 64

FIELD_NAMES: Mapping[str, str] = MappingProxyType({
    "tag": "tag", "标签": "tag", "標籤": "tag",
    "author": "author", "作者": "author",
    "kind": "kind", "type": "kind", "类型": "kind", "類型": "kind",
    "stage": "stage", "阶段": "stage", "階段": "stage",
    "industry": "industry", "行业": "industry", "行業": "industry",
    "product": "product", "产品": "product", "產品": "product",
    "region": "region", "区域": "region", "地区": "region", "區域": "region", "地區": "region",
    "state": "state", "状态": "state", "狀態": "state", "outcome": "state",
    "confidence": "confidence", "trust": "confidence", "可信度": "confidence",
    "language": "language", "语言": "language", "語言": "language",
    "before": "before", "早于": "before", "早於": "before", "之前": "before",
    "after": "after", "晚于": "after", "晚於": "after", "之后": "after", "之後": "after",
})

NoteCode = Literal[
    "open_quote", "lonely_minus", "empty_field", "bad_date", "empty_range", "too_long",
    "only_excluded", "unknown_value",
]
_QUOTES = {'"': '"', "“": "”", "”": "”", "„": "”", "「": "」", "『": "』"}
_MINUS = "-－−–—"
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")


@dataclass(frozen=True, slots=True)
class Note:
    """Something in the query that could not be used: a code for the page, and the text itself.

    A value that a field does not know comes with the `field` and with `offers` of what exists.
    """

    code: NoteCode
    text: str
    field: str = ""
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A field with its value, or an exclusion (`name` is "-"), and where it stands in the query."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; all texts are as typed (not folded).

    `terms` are the space-separated free words, `phrases` must occur literally, `excluded` words
    and phrases must not. `fields` are typed values for the caller to resolve into facet filters;
    `since` and `until` are inclusive days and are applied by the engine.
    """

    terms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    notes: tuple[Note, ...] = ()
    parts: tuple[Part, ...] = ()
    typed: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that a found document should speak about: free words, then phrases."""
        return self.terms + self.phrases

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def is_blank(self) -> bool:
        """Does it ask for nothing at all, not even by field or exclusion?"""
        return not (self.words or self.excluded or self.fields or self.since or self.until)

    def without(self, *parts: Part) -> str:
        """The text of the query with these parts taken out."""
        text = self.typed
        for part in sorted(parts, key=lambda part: -part.start):
            text = text[: part.start] + text[part.end :]
        return " ".join(text.split())


def parse(text: str) -> Query:
    """Read a query typed by a person; at most 200 characters and 64 words are used."""
    return _Parser(text).parse()


def _day_range(text: str) -> tuple[date, date] | None:
    """First and last day of a year, month or day."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not match:
        return None
    year, month, day = (int(group) if group else None for group in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if day:
            return first, first
        following = date(first.year + (month in (None, 12)), (month or 12) % 12 + 1, 1)
    except ValueError:
        return None
    return first, following - timedelta(days=1)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = " ".join(text[: MAX_CHARACTERS * 4].split())
        self.position = 0
        self.terms: list[str] = []
        self.phrases: list[str] = []
        self.excluded: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.since: date | None = None
        self.until: date | None = None
        self.notes: list[Note] = []
        self.parts: list[Part] = []
        if len(self.text) > MAX_CHARACTERS:
            self._note("too_long", self.text[MAX_CHARACTERS:])
            self.text = self.text[:MAX_CHARACTERS]

    def parse(self) -> Query:
        words = 0
        while self._skip_spaces():
            if words == MAX_WORDS:
                self._note("too_long", self.text[self.position :])
                break
            self._read_part()
            words += 1
        if self.since and self.until and self.since > self.until:
            self._note("empty_range", f"{self.since} > {self.until}")
        if self.excluded and not (
            self.terms or self.phrases or self.fields or self.since or self.until
        ):
            self._note("only_excluded", self.excluded[0])
        return Query(
            terms=tuple(self.terms),
            phrases=tuple(dict.fromkeys(self.phrases)),
            excluded=tuple(dict.fromkeys(self.excluded)),
            fields={name: tuple(dict.fromkeys(values)) for name, values in self.fields.items()},
            since=self.since,
            until=self.until,
            notes=tuple(self.notes),
            parts=tuple(self.parts),
            typed=self.text,
        )

    def _note(self, code: NoteCode, text: str) -> None:
        self.notes.append(Note(code, text[:40]))

    def _skip_spaces(self) -> bool:
        while self.position < len(self.text) and self.text[self.position].isspace():
            self.position += 1
        return self.position < len(self.text)

    def _read_part(self) -> None:
        start = self.position
        if self.text[self.position] in _MINUS:
            self.position += 1
            word, _ = self._read_value()
            if word:
                self.excluded.append(word)
                self.parts.append(Part("-", word, start, self.position))
            else:
                self._note("lonely_minus", "-")
            return
        if name := self._read_field_name():
            if self._value_follows_a_space():
                self.position += 1
            value, _ = self._read_value()
            self._take_field(name, value)
            self.parts.append(Part(name, value, start, self.position))
            return
        word, quoted = self._read_value()
        if word:
            (self.phrases if quoted else self.terms).append(word)

    def _read_field_name(self) -> str | None:
        end = self.text.find(" ", self.position)
        part = self.text[self.position : end if end >= 0 else len(self.text)]
        match = re.match(r"(\w+)[:：]", part)
        name = FIELD_NAMES.get(match.group(1).lower()) if match else None
        if name and match:
            self.position += match.end()
        return name

    def _value_follows_a_space(self) -> bool:
        """'tag: 撞单' means 'tag:撞单', unless an operator comes next."""
        following = self.text[self.position : self.position + 2]
        if len(following) < 2 or following[0] != " " or following[1] in _MINUS:
            return False
        before = self.position
        self.position += 1
        is_field = self._read_field_name() is not None
        self.position = before
        return not is_field

    def _read_value(self) -> tuple[str, bool]:
        """The next word, or the inside of quotes when they open it and close at a word's end.

        Quotes inside running text (“索莫尼”的名字) are only punctuation.
        """
        start = self.position
        closing = _QUOTES.get(self.text[start : start + 1])
        if closing:
            end = start
            while (end := self.text.find(closing, end + 1)) >= 0:
                if end + 1 == len(self.text) or self.text[end + 1].isspace():
                    self.position = end + 1
                    return self.text[start + 1 : end].strip(), True
            if self.text.find(closing, start + 1) < 0:
                self._note("open_quote", self.text[start:])
        end = self.text.find(" ", start)
        self.position = end if end >= 0 else len(self.text)
        word = self.text[start : self.position]
        return (word[1:] if closing else word), False

    def _take_field(self, name: str, value: str) -> None:
        if name in ("before", "after"):
            self._take_date(name, value)
            return
        values = [each.strip() for each in re.split("[,，、;；]", value) if each.strip()]
        if values:
            self.fields.setdefault(name, []).extend(values)
        else:
            self._note("empty_field", name)

    def _take_date(self, name: str, value: str) -> None:
        days = _day_range(value)
        if days is None:
            self._note("bad_date", value or name)
        elif name == "after":
            self.since = max(self.since or days[0], days[0])
        else:
            last = days[0] - timedelta(days=1) if days[0] > date.min else date.min
            self.until = min(self.until or last, last)
