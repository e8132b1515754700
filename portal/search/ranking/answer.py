"""Answers requests on one snapshot: plan, score, mask, count, take the best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..engine import Hit, SearchRequest, SearchResult, Sort
from ..query import Query
from ..synonyms import Synonyms
from . import masks
from .phrases import holding
from .plan import Plan, plan_query
from .postings import Weights
from .scorer import score
from .segment import Mask
from .snapshot import Snapshot, View
from .titles import lift_titles, raise_exact_titles

# A document that contains every part of the query gains this share of its score.
ALL_PARTS_GAIN = 0.5
# Trust, reuse and freshness lift a document by at most this share.
QUALITY_GAIN = 0.15
# Weaker than this share of the best permitted score is noise, unless every part is there. Measured:
# up to 0.2 no relevant document leaves the first ten, while a question's total shrinks a lot.
TAIL = 0.15


def search(snapshot: Snapshot, request: SearchRequest, synonyms: Synonyms) -> SearchResult:
    views = snapshot.views
    since, until = masks.days_of(request)
    permitted = [masks.permitted(view, request.access, request.exclude) for view in views]
    in_days = [
        mask & masks.within_days(view, since, until, request.zone)
        for view, mask in zip(views, permitted, strict=True)
    ]
    filters = [masks.filter_masks(view, request.filters) for view in views]
    wanted = [masks.combine(*each) for each in zip(in_days, filters, strict=True)]
    plan = plan_query(snapshot, request.query, synonyms, permitted, wanted)
    scores = score(snapshot, plan.units)
    if request.query.words and not request.facets and not highest_of(scores, wanted):
        # None of those that are wanted says a word of it; what follows only puts them in order.
        return SearchResult((), 0, {})
    complete = [_complete(plan, number, view) for number, view in enumerate(views)]
    if len(plan.parts) > 1:
        for sums, whole in zip(scores, complete, strict=True):
            sums[whole] *= 1 + ALL_PARTS_GAIN
    # Before trust and titles come in: they bring forward, but nothing vanishes for lack of them.
    least = TAIL * highest_of(scores, permitted)
    strong = [
        mask & (sums > max(least, 0)) for mask, sums in zip(permitted, scores, strict=True)
    ]
    lift_titles(snapshot, plan, scores, strong, complete)
    for view, sums in zip(views, scores, strict=True):
        sums *= 1 + QUALITY_GAIN * view.segment.quality
    raise_exact_titles(snapshot, plan, scores)
    matching = in_days
    if request.query.words:
        matching = [
            mask & (sums > 0) & (whole | (sums >= least))
            for mask, sums, whole in zip(in_days, scores, complete, strict=True)
        ]
    matching = _literal(snapshot, request.query, matching)
    chosen = [masks.combine(*each) for each in zip(matching, filters, strict=True)]
    total = sum(int(np.count_nonzero(mask)) for mask in chosen)
    sort: Sort = "newest" if request.sort == "relevance" and not plan.units else request.sort
    hits = best(snapshot, scores, chosen, sort, request.offset + request.limit)
    return SearchResult(
        tuple(hits[request.offset :]), total,
        {name: _counts(views, name, matching, filters, chosen) for name in request.facets},
    )


def highest_of(scores: Sequence[Weights], masks: Sequence[Mask]) -> float:
    """The highest score among masked documents, 0 if there is none."""
    return max(
        (float(sums.max(initial=0, where=mask)) for sums, mask in zip(scores, masks, strict=True)),
        default=0.0,
    )


def _counts(
    views: Sequence[View],
    name: str,
    matching: Sequence[Mask],
    filters: Sequence[Mapping[str, Mask]],
    chosen: Sequence[Mask],
) -> dict[str, int]:
    """How many documents have each value of a facet, as if its own filter were not set."""
    counts: dict[str, int] = {}
    for view, mask, by_name, among in zip(views, matching, filters, chosen, strict=True):
        if name in by_name:
            among = masks.combine(mask, by_name, without=name)
        if not among.any():
            continue
        table = view.segment.facet(name)
        found = table.counts(among)
        codes = np.flatnonzero(found)
        for code, number in zip(codes.tolist(), found[codes].tolist(), strict=True):
            value = table.values[code]
            counts[value] = counts.get(value, 0) + number
    return counts


def _complete(plan: Plan, number: int, view: View) -> Mask:
    """Documents of a segment that contain every part, or what may stand in for it."""
    size = view.segment.size
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


def _literal(snapshot: Snapshot, query: Query, matching: Sequence[Mask]) -> list[Mask]:
    """Keep what holds every phrase and drop what holds an excluded word or phrase."""
    kept = list(matching)
    for phrase in query.phrases:
        kept = holding(snapshot, phrase, kept)
    for excluded in query.excluded:
        held = holding(snapshot, excluded, kept)
        kept = [mask & ~each for mask, each in zip(kept, held, strict=True)]
    return kept


def best(
    snapshot: Snapshot, scores: Sequence[Weights], chosen: Sequence[Mask], sort: Sort, count: int
) -> list[Hit]:
    """The first `count` documents; equal ones newest first, then in the order of the index."""
    candidates: list[tuple[float, int, int, int]] = []
    for number, (view, sums, mask) in enumerate(zip(snapshot.views, scores, chosen, strict=True)):
        docs = np.flatnonzero(mask)
        created = view.segment.created[docs]
        by_sort: dict[Sort, NDArray[Any]] = {
            "relevance": sums[docs], "newest": created, "oldest": -created
        }
        keys = by_sort[sort]
        if len(docs) > count > 0:
            # Only what is as good as the last place need be put in order.
            worst = np.partition(keys, len(keys) - count)[len(keys) - count]
            kept = np.flatnonzero(keys >= worst)
            kept = kept[np.lexsort((-created[kept], -keys[kept]))[:count]]
            docs, created, keys = docs[kept], created[kept], keys[kept]
        candidates.extend(
            (-float(key), -int(moment), number, int(doc))
            for key, moment, doc in zip(keys, created, docs, strict=True)
        )
    candidates.sort()
    return [
        Hit(snapshot.views[number].segment.refs[doc], float(scores[number][doc]))
        for _, _, number, doc in candidates[:count]
    ]
