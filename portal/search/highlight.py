"""Why a document was found: its best passage, cut into fragments that match and that do not.

Matching is on folded text with positions mapped back, so the other script, full width, synonyms,
pinyin and one typo mark the words as the author wrote them. No HTML is made here.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from .matching import Matcher, Span, matcher
from .query import Query
from .synonyms import Synonyms

# Of a very long text only the beginning is looked at.
MAX_CHARACTERS = 50_000
ELLIPSIS = "…"
# A full stop behind a digit numbers an item of a list.
_SENTENCE_END = re.compile(r"[。！？；!?;\n]+[”’」』）)]*|(?<!\d)\.(?=\s|$)")
_SOFT_BREAK = re.compile(r"[，、,：:\s]")
_SPACES = re.compile(r"\s+")


class Fragment(NamedTuple):
    """A piece of text, and whether it is what the query asked for."""

    text: str
    match: bool


class Reading:
    """A text read with a query in mind: what of the query it says, and where."""

    def __init__(self, text: str, wanted: Matcher) -> None:
        self.text = text[:MAX_CHARACTERS]
        self.spans = wanted.spans(self.text)

    @cached_property
    def labels(self) -> frozenset[str]:
        """The different things that were found."""
        return frozenset(span.label for span in self.spans)

    @property
    def worth(self) -> int:
        """How much of the query it says: longer matches weigh more."""
        return sum(len(label) ** 2 for label in self.labels)

    def whole(self) -> list[Fragment]:
        """All of the text, with its matches."""
        return _fragments(self.text, 0, len(self.text), self.spans)

    def passage(self, width: int) -> list[Fragment]:
        """About `width` characters that show most of the query; without any match the beginning."""
        text = self.text
        start = _best_start(text, self.spans, width)
        end = _end(text, start, width)
        fragments = _fragments(text, start, end, self.spans)
        if fragments and text[:start].strip():
            fragments.insert(0, Fragment(ELLIPSIS, False))
        if fragments and text[end:].strip():
            fragments.append(Fragment(ELLIPSIS, False))
        return fragments


def mark(title: str, query: Query, *, synonyms: Synonyms | None = None) -> list[Fragment]:
    """The whole title, with its matches."""
    return Reading(title, matcher(query, synonyms)).whole()


def snippet(
    text: str, query: Query, *, width: int = 120, synonyms: Synonyms | None = None
) -> list[Fragment]:
    """The passage of about `width` characters that shows most of the query; without any match the
    beginning of the text."""
    return Reading(text, matcher(query, synonyms)).passage(width)


def _best_start(text: str, spans: list[Span], width: int) -> int:
    """The start of the passage that holds most: different things first, longer ones before."""
    best, best_worth = 0, 0
    for number, first in enumerate(spans):
        if number and first.start == spans[number - 1].start:
            continue
        start = _passage_start(text, first.start, width)
        worths: dict[str, int] = {}
        for span in spans[number:]:
            if span.end > start + width:
                break
            worths[span.label] = len(span.label) ** 2
        worth = sum(worths.values())
        if worth > best_worth:
            best, best_worth = start, worth
    return best


def _passage_start(text: str, match: int, width: int) -> int:
    """The beginning of the sentence around a match, or a softer break when that is far away."""
    lead = width // 3
    ends = [found.end() for found in _SENTENCE_END.finditer(text, max(0, match - lead), match)]
    if ends:
        return _skip_spaces(text, ends[-1])
    if match <= lead:
        return 0
    breaks = _SOFT_BREAK.search(text, match - lead, match)
    return _skip_spaces(text, breaks.end() if breaks else match - width // 6)


def _skip_spaces(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _end(text: str, start: int, width: int) -> int:
    """The last sentence end within the width, if the passage stays half full; else the width."""
    end = start + width
    if end >= len(text):
        return len(text)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, start + width // 2, end)]
    return ends[-1] if ends else end


def _fragments(text: str, start: int, end: int, spans: list[Span]) -> list[Fragment]:
    """Cut `start:end` at the matches; touching matches become one, runs of spaces one space."""
    merged: list[list[int]] = []
    for span in spans:
        if span.end <= start or span.start >= end:
            continue
        left, right = max(span.start, start), min(span.end, end)
        if merged and left <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], right)
        else:
            merged.append([left, right])
    fragments = []
    position = start
    for left, right in merged:
        fragments.append(Fragment(_SPACES.sub(" ", text[position:left]), False))
        fragments.append(Fragment(_SPACES.sub(" ", text[left:right]), True))
        position = right
    fragments.append(Fragment(_SPACES.sub(" ", text[position:end].rstrip()), False))
    return [fragment for fragment in fragments if fragment.text]
