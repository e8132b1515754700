"""Answers requests on one snapshot: plan, score, mask, count, take the best."""

from __future__ import annotations

import numpy as np

from ..engine import Filters, Hit, SearchRequest, SearchResult
from . import masks
from .plan import plan_query
from .scorer import score
from .segment import Mask, Weights
from .snapshot import Snapshot


def search(snapshot: Snapshot, request: SearchRequest) -> SearchResult:
    plan = plan_query(snapshot, request.query)
    scores = score(snapshot, plan.units)
    since, until = masks.days_of(request)
    chosen: list[Mask] = []
    counts: dict[str, dict[str, int]] = {name: {} for name in request.facets}
    for view, sums in zip(snapshot.views, scores, strict=True):
        base = masks.permitted(view, request.access, request.exclude)
        days = masks.within_days(view, since, until)
        if days is not None:
            base &= days
        if plan.units:
            base &= sums > 0
        filters = masks.filter_masks(view, request.filters)
        chosen.append(masks.combine(base, filters))
        for name in request.facets:
            table = view.segment.facet(name)
            found = table.counts(masks.combine(base, filters, without=name))
            for code in np.flatnonzero(found):
                value = table.values[code]
                counts[name][value] = counts[name].get(value, 0) + int(found[code])
    total = sum(int(np.count_nonzero(mask)) for mask in chosen)
    sort = request.sort if plan.units or request.sort != "relevance" else "newest"
    hits = best(snapshot, scores, chosen, sort, request.offset + request.limit)
    return SearchResult(tuple(hits[request.offset :]), total, counts)


def best(
    snapshot: Snapshot, scores: list[Weights], chosen: list[Mask], sort: str, count: int
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


def similar(
    snapshot: Snapshot,
    text: str,
    access: frozenset[str],
    *,
    limit: int,
    exclude: frozenset[str],
    filters: Filters,
) -> tuple[Hit, ...]:
    return ()


def complete(
    snapshot: Snapshot, prefix: str, access: frozenset[str], *, limit: int
) -> tuple[Hit, ...]:
    return ()
