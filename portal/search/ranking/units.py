"""What is looked up and scored as one term, and what was found of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..analyzer import han_tokens, latin_tokens, split_words
from .postings import Postings


@dataclass(frozen=True, slots=True)
class Unit:
    """Something scored as one term: a document has it when it holds all tokens.

    With `prefix` there is one token, and every token that begins with it will do.
    """

    tokens: tuple[str, ...]
    weight: float = 1.0
    prefix: bool = False


def phrase_unit(folded: str, weight: float = 1.0) -> Unit | None:
    """A unit that holds where all of a phrase's tokens do; None for a phrase without any."""
    tokens: list[str] = []
    single = ""
    for word, is_han, _ in split_words(folded):
        if not is_han:
            tokens.append(latin_tokens(word)[0])
        elif len(word) > 1:
            tokens += han_tokens(word)[:-1]
        else:
            # One character may begin any pair, so it tells something only when it stands alone.
            single = word
    if tokens:
        return Unit(tuple(dict.fromkeys(tokens)), weight)
    return Unit((single,), weight, prefix=True) if single else None


@dataclass(slots=True)
class Found:
    """A unit, its postings in every segment, how many documents hold it and its rarity."""

    unit: Unit
    postings: list[Postings]
    frequency: int
    idf: float


def inverse_frequency(total: int, frequency: int) -> float:
    """Whoosh's: log(documents / (frequency + 1)) + 1."""
    return math.log(total / (frequency + 1)) + 1 if total else 0.0


def most_telling(found: Sequence[Found], limit: int) -> list[Found]:
    """The units worth most; those that no document holds are left out."""
    return sorted((each for each in found if each.frequency), key=_worth)[:limit]


def _worth(found: Found) -> float:
    return -found.idf * found.unit.weight
