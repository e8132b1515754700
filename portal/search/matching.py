"""Finds in a text what a query asks for: as typed, folded, by synonym, by sound, misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from portal.core import pinyin

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

# A word that stands everywhere is marked here and there; looking at each costs seconds.
MAX_OCCURRENCES = 200
MAX_SPANS = 1000
# A long Chinese question is answered by a text that says this much of it.
ENOUGH_PAIRS = 0.5
_LATIN_WORD = re.compile(r"[a-z]+")


class Span(NamedTuple):
    """A match at `start:end` of the original text; equal `label`s say the same thing."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of the query: what stands for all of it, and the pieces that count beside that."""

    wholes: frozenset[str]
    pieces: frozenset[str]
    is_latin: bool

    def is_said(self, labels: Set[str], guessed: bool) -> bool:
        if not self.wholes.isdisjoint(labels) or (guessed and self.is_latin):
            return True
        return bool(self.pieces) and len(self.pieces & labels) >= ENOUGH_PAIRS * len(self.pieces)


def matcher(
    query: Query, synonyms: Synonyms | None = None, *, typing: bool = False
) -> Matcher:
    """What finds this query's words in texts. While somebody is `typing`, one syllable and the
    beginning of one count too."""
    return _matcher_for(query.terms, query.phrases, synonyms or shipped(), typing)


class Matcher:
    """Finds everything a query asks for in a text."""

    def __init__(
        self, terms: Sequence[str], phrases: Sequence[str], synonyms: Synonyms,
        typing: bool = False,
    ) -> None:
        folded = [plain for word in terms if (plain := " ".join(fold(word).split()))]
        quoted = [plain for phrase in phrases if (plain := " ".join(fold(phrase).split()))]
        whole = " ".join(folded)
        others = [
            (found.start, found.end, (whole[found.start : found.end], *found.others))
            for found in synonyms.find(whole)
        ]
        self.words: list[_Word] = []
        position = 0
        for word in folded:
            wholes = {word, *inflections(word)}
            for start, end, phrases_found in others:
                if start < position + len(word) and end > position:
                    wholes.update(phrases_found)
            pieces = frozenset(_pieces_of(word)) - {word}
            self.words.append(_Word(frozenset(wholes), pieces, word.isascii()))
            position += len(word) + 1
        self.words += [_Word(frozenset({phrase}), frozenset(), False) for phrase in quoted]
        self.literals = frozenset(
            literal for word in self.words for literal in (*word.wholes, *word.pieces) if literal
        )
        latin = [word for word in folded if _LATIN_WORD.fullmatch(word)]
        if len(latin) > 1 and all(pinyin.is_syllable(word) for word in latin):
            latin.append("'".join(latin))
        self.latin = latin
        self.synonyms = synonyms
        self.typing = typing

    def spans(self, text: str) -> list[Span]:
        """Matches in the original text, in order of their start; they may overlap."""
        folded = FoldedText(text)
        found = [
            (start, end, literal)
            for literal in self.literals
            for start, end in islice(_occurrences(folded.text, literal), MAX_OCCURRENCES)
        ]
        missing = [word for word in self.latin if word not in folded.text]
        for word in missing:
            found += self._sounding(folded.text, word) or _misspelt(folded.text, word)
        spans = [Span(*folded.origin(start, end), label) for start, end, label in found]
        return sorted(spans, key=lambda span: (span.start, -span.end))[:MAX_SPANS]

    def _sounding(self, text: str, word: str) -> list[tuple[int, int, str]]:
        """What sounds like a Latin word; among first letters, which fit half of all words, those
        of the trade if the text has any."""
        found = _sounding(text, word, self.typing)
        if not found:
            return [
                (start, end, other)
                for other in _meant(word, self.synonyms)
                for start, end in islice(_occurrences(text, other), MAX_OCCURRENCES)
            ]
        if not pinyin.initials(word):
            return found
        return [each for each in found if each[2] in self.synonyms] or found

    def says_all(self, labels: Set[str]) -> bool:
        """Whether texts in which these were found speak about every word of the query."""
        # What is no literal was guessed from a Latin word: by its sound, or as a typing error.
        guessed = not labels <= self.literals
        return all(word.is_said(labels, guessed) for word in self.words)


@lru_cache(maxsize=64)
def _meant(word: str, synonyms: Synonyms) -> tuple[str, ...]:
    """What else is said for the words of the trade that a Latin word spells out."""
    patterns = [
        pinyin.expression(sounds)
        for sounds in pinyin.syllables(word) if len(sounds) > 1 and sounds[-1].whole
    ]
    return tuple(
        other
        for phrase in synonyms.phrases
        if any(pattern.fullmatch(phrase) for pattern in patterns)
        for other in synonyms.of(phrase)
    )


@lru_cache(maxsize=64)
def _matcher_for(
    terms: tuple[str, ...], phrases: tuple[str, ...], synonyms: Synonyms, typing: bool
) -> Matcher:
    return Matcher(terms, phrases, synonyms, typing)


def _pieces_of(folded: str) -> Iterator[str]:
    """What of a word counts when it is not there as a whole."""
    for word, is_han, _ in split_words(folded):
        if is_han:
            pairs = han_tokens(word)[:-1]
            yield from (pair for pair in pairs if not is_function_pair(pair))
        else:
            yield from latin_tokens(word)


def _occurrences(text: str, literal: str) -> Iterator[tuple[int, int]]:
    """Where a literal stands; Latin letters are not found inside longer words."""
    if " " in literal:
        # Words of a phrase may be joined by a hyphen, a slash or the end of a line.
        yield from (match.span() for match in _spaced(literal).finditer(text))
        return
    guard_start = _is_latin(literal[0])
    guard_end = _is_latin(literal[-1])
    start = text.find(literal)
    while start >= 0:
        end = start + len(literal)
        inside = (guard_start and start > 0 and _is_latin(text[start - 1])) or (
            guard_end and end < len(text) and _is_latin(text[end])
        )
        if not inside:
            yield start, end
        start = text.find(literal, start + 1)


@lru_cache(maxsize=256)
def _spaced(phrase: str) -> re.Pattern[str]:
    words = r"[\s\-_/]{1,3}".join(map(re.escape, phrase.split(" ")))
    return re.compile(rf"(?<![a-z0-9]){words}(?![a-z0-9])" if phrase.isascii() else words)


def _is_latin(character: str) -> bool:
    return character.isalnum() and not HAN_CHARACTER.match(character)


def _sounding(text: str, word: str, typing: bool) -> list[tuple[int, int, str]]:
    """Chinese words that sound like a Latin one; first letters count only without a full match."""
    readings = pinyin.typed(word) if typing else [
        sounds for sounds in pinyin.syllables(word) if len(sounds) > 1
    ]
    if not typing and (initials := pinyin.initials(word)):
        readings.append(initials)
    for sounds in readings:
        found = [
            (match.start(), match.end(), match.group())
            for match in pinyin.expression(sounds).finditer(text)
        ]
        if found:
            return found
    return []


def _misspelt(text: str, word: str) -> list[tuple[int, int, str]]:
    if len(word) < MIN_TYPO_LETTERS:
        return []
    near = one_edit_away(word)
    return [
        (match.start(), match.end(), match.group())
        for match in _LATIN_WORD.finditer(text)
        if match.group() in near
    ]
