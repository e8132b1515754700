"""BM25 over NumPy arrays: scores units of tokens, term at a time, and masks what may be seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..analyzer import han_tokens, latin_tokens, split_words
from .postings import Postings, Weights
from .snapshot import K1, Snapshot


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
    """A unit, its postings in every segment and its rarity."""

    unit: Unit
    postings: list[Postings]
    frequency: int
    idf: float


def find(snapshot: Snapshot, unit: Unit) -> Found:
    """Look a unit up; `frequency` 0 means that no document holds it."""
    if unit.prefix:
        postings = [view.segment.starting_with(unit.tokens[0]) for view in snapshot.views]
    else:
        postings = [view.segment.all_of(unit.tokens) for view in snapshot.views]
    frequency = sum(len(each.ids) for each in postings)
    return Found(unit, postings, frequency, inverse_frequency(snapshot.total, frequency))


def inverse_frequency(total: int, frequency: int) -> float:
    """Whoosh's: log(documents / (frequency + 1)) + 1."""
    return math.log(total / (frequency + 1)) + 1 if total else 0.0


def rarest(found: Sequence[Found], limit: int) -> list[Found]:
    """The units with the fewest documents; those without any are left out."""
    return sorted((each for each in found if each.frequency), key=_frequency)[:limit]


def _frequency(found: Found) -> int:
    return found.frequency


def score(snapshot: Snapshot, units: Sequence[Found]) -> list[Weights]:
    """BM25 of every document of every segment, 0 where nothing matches."""
    scores = []
    for position, view in enumerate(snapshot.views):
        sums = np.zeros(view.segment.size, np.float32)
        norms = view.norms
        for each in units:
            ids, weights = each.postings[position]
            if len(ids):
                factor = np.float32((K1 + 1) * each.idf * each.unit.weight)
                sums[ids] += weights * factor / (weights + norms[ids])
        scores.append(sums)
    return scores
