"""A group of phrases as somebody wrote it: taken apart, tidied and checked."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.core.text import line
from portal.search.analyzer import fold, tokens_of
from portal.search.synonyms import plain, split

FEWEST, MOST = 2, 20
SHORTEST, LONGEST = 2, 40
_LINE_END = re.compile(r"[\r\n]+")


@dataclass(frozen=True)
class Problem:
    """Why phrases cannot be used: a code, and the phrase or number it is about."""

    code: str
    value: str = ""


@dataclass(frozen=True)
class Written:
    """The phrases of one group; `repeated` were left out because they say the same as another."""

    phrases: tuple[str, ...]
    repeated: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(text: str) -> Written:
    """The phrases between commas (, ， 、 ;) and line ends."""
    found: dict[str, str] = {}
    repeated = []
    for written in (line(each) for row in _LINE_END.split(text) for each in split(row)):
        if plain(written) in found:
            repeated.append(written)
        elif written:
            found[plain(written)] = written
    phrases = tuple(found.values())
    return Written(phrases, tuple(repeated), tuple(_problems(phrases)))


def key_of(phrases: Iterable[str]) -> str:
    """The same for every order and spelling of these phrases."""
    return hashlib.sha256("\n".join(sorted({plain(each) for each in phrases})).encode()).hexdigest()


def _problems(phrases: tuple[str, ...]) -> Iterable[Problem]:
    if len(phrases) < FEWEST:
        yield Problem("few")
    if len(phrases) > MOST:
        yield Problem("many", str(len(phrases)))
    for phrase in phrases:
        if len(phrase) > LONGEST:
            yield Problem("long", phrase)
        elif phrase.startswith("#") or not tokens_of(fold(phrase)):
            yield Problem("no_word", phrase)
        elif len(plain(phrase)) < SHORTEST:
            # One character stands inside half of all words; what it means depends on them.
            yield Problem("short", phrase)
