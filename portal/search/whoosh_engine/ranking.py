"""Answers requests on one snapshot: plan, score, mask, count, take the best."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..engine import Hit, SearchRequest, SearchResult, Sort
from ..query import Query
from ..synonyms import Synonyms
from . import masks
from .phrases import holding
from .plan import Plan, plan_query
from .schema import title_key
from .scorer import score
from .segment import Mask, Weights
from .snapshot import Snapshot, View

# A document that contains every part of the query gains this share of its score.
ALL_PARTS_GAIN = 0.5
# Trust, reuse and freshness lift a document by at most this share.
QUALITY_GAIN = 0.15
# The query as the beginning of a title, or anywhere inside it.
TITLE_BEGINS_GAIN = 0.3
TITLE_CONTAINS_GAIN = 0.15


def search(snapshot: Snapshot, request: SearchRequest, synonyms: Synonyms) -> SearchResult:
    permitted = [
        masks.permitted(view, request.access, request.exclude) for view in snapshot.views
    ]
    plan = plan_query(snapshot, request.query, synonyms, permitted)
    scores = score(snapshot, plan.units)
    adjust(snapshot, plan, scores)
    since, until = masks.days_of(request)
    chosen: list[Mask] = []
    counts: dict[str, dict[str, int]] = {name: {} for name in request.facets}
    for view, base, sums in zip(snapshot.views, permitted, scores, strict=True):
        days = masks.within_days(view, since, until)
        if days is not None:
            base = base & days
        if request.query.words:
            base = base & (sums > 0)
        base = _literal(view, request.query, base)
        filters = masks.filter_masks(view, request.filters)
        chosen.append(masks.combine(base, filters))
        for name in request.facets:
            table = view.segment.facet(name)
            found = table.counts(masks.combine(base, filters, without=name))
            for code in np.flatnonzero(found):
                value = table.values[code]
                counts[name][value] = counts[name].get(value, 0) + int(found[code])
    total = sum(int(np.count_nonzero(mask)) for mask in chosen)
    sort = "newest" if request.sort == "relevance" and not plan.units else request.sort
    hits = best(snapshot, scores, chosen, sort, request.offset + request.limit)
    return SearchResult(tuple(hits[request.offset :]), total, counts)


def adjust(snapshot: Snapshot, plan: Plan, scores: list[Weights]) -> None:
    """Lift documents by what BM25 does not know: completeness, titles, quality."""
    highest = max((float(sums.max()) for sums in scores if len(sums)), default=0.0)
    key = title_key(plan.text)
    for number, (view, sums) in enumerate(zip(snapshot.views, scores, strict=True)):
        if len(plan.parts) > 1:
            sums[_complete(plan, number, view.segment.size)] *= 1 + ALL_PARTS_GAIN
        if len(plan.text) > 1:
            heads = view.segment.heads
            positions = heads.find(plan.text)
            documents = heads.documents_at(positions)
            inside = heads.in_title(positions, documents)
            sums[np.unique(documents[inside])] *= 1 + TITLE_CONTAINS_GAIN
            begins = documents[inside & (positions == heads.starts[documents])]
            sums[begins] *= 1 + TITLE_BEGINS_GAIN
        sums *= 1 + QUALITY_GAIN * view.segment.quality
        if key:
            exact = view.segment.postings("title", key).ids
            # Above every other, whatever their gains were; among themselves as they scored.
            sums[exact] += 10 * highest


def _complete(plan: Plan, number: int, size: int) -> Mask:
    """Documents of a segment that contain every part, or what may stand in for it."""
    complete = np.ones(size, np.bool_)
    for choices in plan.parts:
        contains = np.zeros(size, np.bool_)
        for units in choices:
            held = np.zeros(size, np.int32)
            for found in units:
                held[found.postings[number].ids] += 1
            contains |= held == len(units)
        complete &= contains
    return complete


def _literal(view: View, query: Query, base: Mask) -> Mask:
    """Keep what holds every phrase and drop what holds an excluded word or phrase."""
    for phrase in query.phrases:
        base = holding(view.segment, phrase, base)
    for excluded in query.excluded:
        base = base & ~holding(view.segment, excluded, base)
    return base


def best(
    snapshot: Snapshot, scores: Sequence[Weights], chosen: Sequence[Mask], sort: Sort, count: int
) -> list[Hit]:
    """The first `count` documents; equal ones in order of creation, newest first, then by ref."""
    candidates = []
    for view, sums, mask in zip(snapshot.views, scores, chosen, strict=True):
        docs = np.flatnonzero(mask)
        created = view.segment.created[docs]
        keys = {"relevance": sums[docs], "newest": created, "oldest": -created}[sort]
        if len(docs) > count > 0:
            # Everything as good as the last place stays, so that ties are decided below.
            worst = np.partition(keys, len(keys) - count)[len(keys) - count]
            kept = keys >= worst
            docs, created, keys = docs[kept], created[kept], keys[kept]
        refs = view.segment.refs
        candidates.extend(
            (-float(key), -int(day), refs[doc], float(sums[doc]))
            for key, day, doc in zip(keys, created, docs, strict=True)
        )
    candidates.sort()
    return [Hit(ref, points) for _, _, ref, points in candidates[:count]]
