"""BM25 over NumPy arrays: scores units of tokens, a term at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .postings import Weights
from .snapshot import K1, Snapshot
from .units import Found

# What holding a unit is worth at least, however long the document: BM25+ by Lv and Zhai (2011).
# Plain BM25 lets one word of a short document outweigh several of a long one.
PRESENCE = 0.5


def score(
    snapshot: Snapshot, units: Sequence[Found], *, presence: float = PRESENCE
) -> list[Weights]:
    """BM25+ of every document of every segment, 0 where nothing matches."""
    scores = []
    for position, view in enumerate(snapshot.views):
        sums = np.zeros(view.segment.size, np.float32)
        norms = view.norms
        for each in units:
            ids, weights = each.postings[position]
            if len(ids):
                worth = each.idf * each.unit.weight
                factor, least = np.float32((K1 + 1) * worth), np.float32(presence * worth)
                sums[ids] += weights * factor / (weights + norms[ids]) + least
        scores.append(sums)
    return scores
