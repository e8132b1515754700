"""What stands in a title says what a document is about: lifts by title, up to the exact one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from .layout import title_key
from .plan import Plan
from .postings import Weights
from .segment import Mask
from .snapshot import Snapshot

# The query as the beginning of a title, or anywhere inside it.
BEGINS_GAIN = 0.3
CONTAINS_GAIN = 0.15
# A title that holds everything that was asked lifts its document by this share, one that holds half
# of it by half as much: so it is with keywords. The more a question tells by itself (measured in
# telling units), the less its answer's title repeats. Only the titles of the best are read.
SHARE_GAIN = 0.5
_KEYWORDS = 6
_SENTENCE = 12
_TITLES_READ = 60
_LATIN_WORD = re.compile(r"[a-z0-9]+")


def lift_titles(
    snapshot: Snapshot, plan: Plan, scores: Sequence[Weights], permitted: Sequence[Mask]
) -> None:
    """Lift documents whose titles hold the query, or parts of it, or what may stand in for them."""
    worth, gain = _worth_of(plan), _gain_of(plan)
    for view, sums, mask in zip(snapshot.views, scores, permitted, strict=True):
        heads = view.segment.heads
        positions = heads.find(plan.text) if plan.text else np.zeros(0, np.int64)
        documents = heads.documents_at(positions)
        inside = heads.in_title(positions, documents)
        sums[np.unique(documents[inside])] *= 1 + CONTAINS_GAIN
        sums[documents[inside & (positions == heads.starts[documents])]] *= 1 + BEGINS_GAIN
        for doc in best_documents(sums, mask & (sums > 0), _TITLES_READ) if gain else ():
            sums[doc] *= 1 + gain * min(1.0, worth_in(heads.title_of(int(doc)), worth))


def _gain_of(plan: Plan) -> float:
    telling = sum(found.unit.weight == 1.0 for found in plan.own)
    return SHARE_GAIN * min(1.0, max(0.0, (_SENTENCE - telling) / (_SENTENCE - _KEYWORDS)))


def _worth_of(plan: Plan) -> dict[tuple[str, ...], float]:
    """The share of each unit in what the query asks for."""
    worth = {found.unit.tokens: found.idf * found.unit.weight for found in plan.units}
    asked = sum(found.idf * found.unit.weight for found in plan.own)
    asked = asked or max(worth.values(), default=1.0)
    return {tokens: each / asked for tokens, each in worth.items()}


def worth_in(title: str, worth: Mapping[tuple[str, ...], float]) -> float:
    """The worth of all units whose tokens stand in a folded title."""
    words = frozenset(_LATIN_WORD.findall(title))
    return sum(
        each
        for tokens, each in worth.items()
        if all(token in (words if token.isascii() else title) for token in tokens)
    )


def best_documents(sums: Weights, mask: Mask, count: int) -> np.ndarray:
    """The documents of a segment with the highest scores, in no order."""
    docs = np.flatnonzero(mask)
    if len(docs) > count:
        docs = docs[np.argpartition(-sums[docs], count)[:count]]
    return docs


def raise_exact_titles(snapshot: Snapshot, plan: Plan, scores: Sequence[Weights]) -> None:
    """Put documents titled exactly like the query above all others, in the order they scored."""
    key = title_key(plan.text)
    if key and plan.units:
        step = max(float(sums.max(initial=0)) for sums in scores) + 1
        for view, sums in zip(snapshot.views, scores, strict=True):
            sums[view.segment.titled(key)] += step
