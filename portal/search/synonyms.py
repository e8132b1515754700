"""Words of the trade that mean the same: 撞单 = 抢单 = duplicate claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .analyzer import HAN_CHARACTER, fold

_SHIPPED = Path(__file__).with_name("synonyms.txt")
_SEPARATOR = re.compile("[,，、;；]")


@dataclass(frozen=True, slots=True)
class Synonym:
    """A known phrase found in a folded text at `start:end`, and what else means the same."""

    start: int
    end: int
    others: tuple[str, ...]


class Synonyms:
    """Groups of phrases; a phrase may stand in several groups."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        others: dict[str, dict[str, None]] = {}
        for group in groups:
            phrases = list(dict.fromkeys(filter(None, (plain(phrase) for phrase in group))))
            for phrase in phrases:
                known = others.setdefault(phrase, {})
                known.update(dict.fromkeys(each for each in phrases if each != phrase))
        self._others = {phrase: tuple(known) for phrase, known in others.items()}
        self._by_first: dict[str, list[str]] = {}
        for phrase in sorted(self._others, key=len, reverse=True):
            self._by_first.setdefault(phrase[0], []).append(phrase)

    @classmethod
    def read(cls, text: str) -> Synonyms:
        """Read lines of phrases between commas; blank lines and lines with # are skipped."""
        return cls(groups_in(text))

    def __contains__(self, folded_phrase: str) -> bool:
        return folded_phrase in self._others

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every phrase, folded."""
        return tuple(self._others)

    def of(self, phrase: str) -> tuple[str, ...]:
        """What else means the same as exactly this phrase (folded)."""
        return self._others.get(plain(phrase), ())

    def find(self, folded: str) -> Iterator[Synonym]:
        """Known phrases of a folded text from left to right, the longest first, no overlaps."""
        position = 0
        while position < len(folded):
            for phrase in self._by_first.get(folded[position], ()):
                end = position + len(phrase)
                if folded.startswith(phrase, position) and _is_whole(folded, position, end):
                    yield Synonym(position, end, self._others[phrase])
                    position = end
                    break
            else:
                position += 1


def groups_in(text: str) -> Iterator[list[str]]:
    """The phrases of each line; blank lines and remarks (#) are left out."""
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield split(line)


def split(line: str) -> list[str]:
    """The phrases between the commas, as written."""
    return [phrase for each in _SEPARATOR.split(line) if (phrase := " ".join(each.split()))]


@cache
def shipped() -> Synonyms:
    """The synonyms that come with the portal."""
    return Synonyms.read(shipped_text())


@cache
def shipped_text() -> str:
    """The file that comes with the portal, one group a line."""
    return _SHIPPED.read_text("utf-8")


def plain(phrase: str) -> str:
    """What every way of writing a phrase has in common."""
    return " ".join(fold(phrase).split())


def _is_whole(text: str, start: int, end: int) -> bool:
    """Does `start:end` cut no Latin word? (Han needs no borders.)"""
    return not (
        (start > 0 and _is_latin(text[start - 1]) and _is_latin(text[start]))
        or (end < len(text) and _is_latin(text[end]) and _is_latin(text[end - 1]))
    )


def _is_latin(character: str) -> bool:
    return character.isalnum() and not HAN_CHARACTER.match(character)
