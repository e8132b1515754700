"""BM25 over NumPy arrays: scores units of tokens, term at a time, and masks what may be seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .segment import Postings, Weights
from .snapshot import K1, Snapshot


@dataclass(frozen=True, slots=True)
class Unit:
    """Something scored as one term: a document has it when it holds all tokens.

    With `any_of` it is the other way round: `tokens` are alternatives of one meaning.
    """

    tokens: tuple[str, ...]
    weight: float = 1.0
    any_of: bool = False


@dataclass(slots=True)
class Found:
    """A unit, its postings in every segment and its rarity."""

    unit: Unit
    postings: list[Postings]
    frequency: int
    idf: float


def find(snapshot: Snapshot, unit: Unit) -> Found:
    """Look a unit up; `frequency` 0 means that no document holds it."""
    postings = []
    for view in snapshot.views:
        if unit.any_of:
            postings.append(view.segment.any_of("|".join(unit.tokens), list(unit.tokens)))
        else:
            postings.append(view.segment.all_of(unit.tokens))
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
