"""Why a document was found: its best passage, cut into fragments that match and that do not.

Matching is on folded text with positions mapped back, so the other script, full width, synonyms,
pinyin and one typo mark the words as the author wrote them. No HTML is made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from . import pinyin
from .analyzer import (
    HAN_CHARACTER,
    MIN_TYPO_LETTERS,
    FoldedText,
    fold,
    han_tokens,
    inflections,
    is_function_pair,
    latin_tokens,
    one_edit_away,
    split_words,
)
from .query import Query
from .synonyms import Synonyms, shipped

# Of a very long text only the beginning is looked at.
MAX_CHARACTERS = 50_000
# A word that stands everywhere is marked here and there; looking at each costs seconds.
MAX_OCCURRENCES = 200
MAX_SPANS = 1000
ELLIPSIS = "…"
_SENTENCE_END = re.compile(r"[。！？；!?;\n]+[”’」』）)]*|\.(?=\s|$)")
_SOFT_BREAK = re.compile(r"[，、,：:\s]")
_SPACES = re.compile(r"\s+")
_LATIN_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text, and whether it is what the query asked for."""

    text: str
    match: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A match at `start:end` of the original text; equal `label`s say the same thing."""

    start: int
    end: int
    label: str


def mark(title: str, query: Query, *, synonyms: Synonyms | None = None) -> list[Fragment]:
    """The whole title, with its matches."""
    return _fragments(title, 0, len(title), _matcher(query, synonyms).spans(title))


def snippet(
    text: str, query: Query, *, width: int = 120, synonyms: Synonyms | None = None
) -> list[Fragment]:
    """The passage of about `width` characters that shows most of the query; without any match the
    beginning of the text."""
    text = text[:MAX_CHARACTERS]
    spans = _matcher(query, synonyms).spans(text)
    start = _best_start(text, spans, width)
    end = _end(text, start, width)
    fragments = _fragments(text, start, end, spans)
    if fragments and text[:start].strip():
        fragments.insert(0, Fragment(ELLIPSIS, False))
    if fragments and text[end:].strip():
        fragments.append(Fragment(ELLIPSIS, False))
    return fragments


def _matcher(query: Query, synonyms: Synonyms | None) -> _Matcher:
    return _matcher_for(query.terms, query.phrases, synonyms or shipped())


class _Matcher:
    """Finds everything a query asks for in a text."""

    def __init__(
        self, terms: Sequence[str], phrases: Sequence[str], synonyms: Synonyms
    ) -> None:
        folded = [" ".join(fold(word).split()) for word in terms]
        self.literals: dict[str, None] = {}
        for word in folded:
            self.literals.update(dict.fromkeys(_literals_of(word)))
        for phrase in phrases:
            self.literals[" ".join(fold(phrase).split())] = None
        whole = " ".join(folded)
        for found in synonyms.find(whole):
            self.literals.update(dict.fromkeys((whole[found.start : found.end], *found.others)))
        self.literals.pop("", None)
        for word in folded:
            self.literals.update(dict.fromkeys(inflections(word)))
        latin = [word for word in folded if _LATIN_WORD.fullmatch(word)]
        if len(latin) > 1 and all(pinyin.is_syllable(word) for word in latin):
            latin.append("'".join(latin))
        self.latin = latin

    def spans(self, text: str) -> list[Span]:
        """Matches in the original text, in order of their start; they may overlap."""
        folded = FoldedText(text)
        found = [
            (start, start + len(literal), literal)
            for literal in self.literals
            for start in islice(_occurrences(folded.text, literal), MAX_OCCURRENCES)
        ]
        missing = [word for word in self.latin if word not in folded.text]
        for word in missing:
            found += _sounding(folded.text, word) or _misspelt(folded.text, word)
        spans = [Span(*folded.origin(start, end), label) for start, end, label in found]
        return sorted(spans, key=lambda span: (span.start, -span.end))[:MAX_SPANS]


@lru_cache(maxsize=64)
def _matcher_for(
    terms: tuple[str, ...], phrases: tuple[str, ...], synonyms: Synonyms
) -> _Matcher:
    return _Matcher(terms, phrases, synonyms)


def _literals_of(folded: str) -> Iterator[str]:
    """The word itself, and what of it counts when it is not there as a whole."""
    yield folded
    for word, is_han, _ in split_words(folded):
        if is_han:
            pairs = han_tokens(word)[:-1]
            yield from (pair for pair in pairs if not is_function_pair(pair))
        else:
            yield from latin_tokens(word)


def _occurrences(text: str, literal: str) -> Iterator[int]:
    """Where a literal stands; Latin letters are not found inside longer words."""
    guard_start = _is_latin(literal[0])
    guard_end = _is_latin(literal[-1])
    start = text.find(literal)
    while start >= 0:
        end = start + len(literal)
        inside = (guard_start and start > 0 and _is_latin(text[start - 1])) or (
            guard_end and end < len(text) and _is_latin(text[end])
        )
        if not inside:
            yield start
        start = text.find(literal, start + 1)


def _is_latin(character: str) -> bool:
    return character.isalnum() and not HAN_CHARACTER.match(character)


def _sounding(text: str, word: str) -> list[tuple[int, int, str]]:
    """Chinese words that sound like a Latin one; first letters count only without a full match."""
    readings = [sounds for sounds in pinyin.syllables(word) if len(sounds) > 1]
    if initials := pinyin.initials(word):
        readings.append(initials)
    for sounds in readings:
        found = [
            (match.start(), match.end(), match.group())
            for match in _sound_pattern(sounds).finditer(text)
        ]
        if found:
            return found
    return []


@lru_cache(maxsize=64)
def _sound_pattern(sounds: tuple[pinyin.Sound, ...]) -> re.Pattern[str]:
    return re.compile(pinyin.pattern_of(sounds))


def _misspelt(text: str, word: str) -> list[tuple[int, int, str]]:
    if len(word) < MIN_TYPO_LETTERS:
        return []
    near = one_edit_away(word)
    return [
        (match.start(), match.end(), match.group())
        for match in _LATIN_WORD.finditer(text)
        if match.group() in near
    ]


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
