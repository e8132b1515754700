"""BM25 over NumPy arrays: scores units of tokens, a term at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .postings import Weights
from .snapshot import K1, Snapshot
from .units import Found


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
