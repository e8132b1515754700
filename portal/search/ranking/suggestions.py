"""Similar documents for a text, and answers while somebody is still typing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from ..analyzer import HAN_CHARACTER, fold, is_function_pair, tokens_of
from ..engine import Filters, Hit, SearchRequest
from ..query import Query
from ..synonyms import Synonyms
from . import masks
from .answer import best, search
from .scorer import score
from .segment import Mask
from .snapshot import Snapshot
from .spelling import sound_tables
from .units import Unit, inverse_frequency

# Of a long text only this much is read, and only its most repeated tokens are looked up.
_MAX_CHARACTERS = 20_000
_MAX_LOOKUPS = 400
_MAX_UNITS = 24
# Below this share of the text's telling words, a document shares no subject with it.
MIN_SHARED = 0.15
_MAX_PREFIX = 64


def similar(
    snapshot: Snapshot,
    text: str,
    access: frozenset[str],
    *,
    limit: int,
    exclude: frozenset[str],
    filters: Filters,
) -> tuple[Hit, ...]:
    """The documents that share most of the 24 most telling tokens of a text."""
    permitted = [masks.permitted(view, access, exclude) for view in snapshot.views]
    wanted = [
        masks.combine(mask, masks.filter_masks(view, filters))
        for view, mask in zip(snapshot.views, permitted, strict=True)
    ]
    telling = _telling_units(snapshot, text, len(exclude))
    units = list(snapshot.find_all(telling, permitted, wanted).values())
    scores = score(snapshot, units)
    enough = MIN_SHARED * sum(unit.idf for unit in units)
    chosen = []
    for number, (mask, sums) in enumerate(zip(wanted, scores, strict=True)):
        shared = np.zeros(len(mask), np.float32)
        for unit in units:
            shared[unit.postings[number].ids] += unit.idf
        chosen.append(mask & (sums > 0) & (shared >= enough))
    return tuple(best(snapshot, scores, chosen, "relevance", limit))


def _telling_units(snapshot: Snapshot, text: str, excluded: int) -> list[Unit]:
    """The rare and repeated tokens of a text. One that only the left-out documents hold would
    find nothing but them."""
    counted = Counter(tokens_of(fold(text[:_MAX_CHARACTERS])))
    tokens = dict([each for each in counted.most_common() if _is_telling(each[0])][:_MAX_LOOKUPS])
    found = {
        token: inverse_frequency(snapshot.total, frequency)
        for token, frequency in snapshot.frequencies(tokens.keys()).items()
        if frequency > excluded
    }
    best_first = sorted(found, key=lambda token: -found[token] * tokens[token] ** 0.5)
    return [Unit((token,)) for token in best_first[:_MAX_UNITS]]


def _is_telling(token: str) -> bool:
    return not is_function_pair(token) and (len(token) > 1 or not HAN_CHARACTER.match(token))


def complete(
    snapshot: Snapshot,
    prefix: str,
    access: frozenset[str],
    *,
    limit: int,
    filters: Filters,
    synonyms: Synonyms,
) -> tuple[Hit, ...]:
    """Titles that begin with the typed text, then titles, tags and names that contain it or
    sound like it, then what a full search finds."""
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
            _raise(points, heads.documents_at(heads.find_sounds(sounds)), 1)
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
