"""Answers while somebody is still typing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..analyzer import fold
from ..engine import Filters, Hit, SearchRequest
from ..query import Query
from ..synonyms import Synonyms
from . import masks
from .answer import best, search
from .segment import Mask
from .snapshot import Snapshot
from .spelling import sound_tables

_MAX_PREFIX = 64


def complete(
    snapshot: Snapshot,
    prefix: str,
    access: frozenset[str],
    *,
    limit: int,
    filters: Filters,
    synonyms: Synonyms,
) -> tuple[Hit, ...]:
    """Titles that begin with the typed text, then titles, tags and names that contain it or are
    what it sounds like, then those in which it may be heard, then what a full search finds."""
    folded = " ".join(fold(prefix[:_MAX_PREFIX]).split())
    if not folded or limit < 1:
        return ()
    wanted = [
        masks.combine(masks.permitted(view, access), masks.filter_masks(view, filters))
        for view in snapshot.views
    ]
    hits = _by_head(snapshot, folded, wanted, limit)
    if len(hits) < limit and len(folded) > 1:
        request = SearchRequest(
            Query(terms=tuple(prefix[:_MAX_PREFIX].split())),
            access,
            filters=filters,
            limit=limit - len(hits),
            exclude=frozenset(hit.ref for hit in hits),
        )
        hits += search(snapshot, request, synonyms).hits
    return tuple(hits)


def _by_head(
    snapshot: Snapshot, folded: str, wanted: Sequence[Mask], limit: int
) -> list[Hit]:
    tables = sound_tables(folded)
    scores = []
    for view in snapshot.views:
        heads = view.segment.heads
        points = np.zeros(view.segment.size, np.float32)
        for sounds in tables:
            positions = heads.find_sounds(sounds)
            _raise(points, heads.documents_at(positions), 1)
            whole = heads.whole_labels(positions, len(sounds))
            _raise(points, heads.documents_at(whole), 2)
        positions = heads.find(folded)
        documents = heads.documents_at(positions)
        _raise(points, documents, 2)
        in_title = heads.in_title(positions, documents)
        _raise(points, documents[in_title], 3)
        _raise(points, documents[positions == heads.starts[documents]], 4)
        scores.append(np.where(points > 0, points + 0.9 * view.segment.quality, 0))
    chosen = [mask & (points > 0) for mask, points in zip(wanted, scores, strict=True)]
    return best(snapshot, scores, chosen, "relevance", limit)


def _raise(points: np.ndarray, documents: np.ndarray, value: float) -> None:
    points[documents] = np.maximum(points[documents], value)
