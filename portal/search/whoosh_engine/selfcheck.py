"""Compares our scores with Whoosh's own on a few terms, because we read its files ourselves."""

from __future__ import annotations

import math

import numpy as np

from ..analyzer import tokens_of
from ..ranking.scorer import score
from ..ranking.snapshot import K1, B
from ..ranking.units import Unit
from .commits import WhooshSnapshot
from .library import BM25F, Searcher, Term

_TERMS = 6
_TOLERANCE = 1e-3


def agrees_with_stock(snapshot: WhooshSnapshot) -> bool:
    """Do a handful of terms of the largest segment score the same? Any error means no."""
    segment = max(snapshot.segments.values(), key=lambda each: each.size)
    # Whoosh knows no longest document.
    alone = WhooshSnapshot(0, [(segment, np.zeros(0, np.int64))], longest=math.inf)
    try:
        searcher = Searcher(segment.reader, weighting=BM25F(B=B, K1=K1))
        tokens = list(dict.fromkeys(tokens_of(segment.folded_text(segment.size - 1))))[:_TERMS]
        for token in tokens:
            (ours,) = score(alone, [alone.find(Unit((token,)))], presence=0.0)
            for points, doc in searcher.search(Term("text", token), limit=10).top_n:
                if not math.isclose(points, ours[doc], rel_tol=_TOLERANCE):
                    return False
    except Exception:
        return False
    return True
