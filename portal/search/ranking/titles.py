"""What stands in a title says what a document is about: lifts by title, up to the exact one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from .layout import title_key
from .plan import Plan
from .postings import Ids, Weights
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
_TITLES_READ = 40
_LATIN_WORD = re.compile(r"[a-z0-9]+")


def lift_titles(
    snapshot: Snapshot,
    plan: Plan,
    scores: Sequence[Weights],
    strong: Sequence[Mask],
    complete: Sequence[Mask],
) -> None:
    """Lift documents whose titles hold the query, or parts of it, or what may stand in for them.

    Only documents that hold every part can hold the query as it stands, and hardly any holds a
    whole question: where there is none, titles need not be searched.
    """
    gain = _gain_of(plan)
    if plan.text:
        for view, sums, whole in zip(snapshot.views, scores, complete, strict=True):
            if not whole.any():
                continue
            heads = view.segment.heads
            positions = heads.find(plan.text)
            documents = heads.documents_at(positions)
            inside = heads.in_title(positions, documents)
            sums[np.unique(documents[inside])] *= 1 + CONTAINS_GAIN
            sums[documents[inside & (positions == heads.starts[documents])]] *= 1 + BEGINS_GAIN
    if gain:
        for sums, doc, share in shares_in_titles(snapshot, scores, strong, _worth_of(plan)):
            sums[doc] *= 1 + gain * min(1.0, share)


def _gain_of(plan: Plan) -> float:
    telling = sum(found.unit.weight == 1.0 for found in plan.own)
    return SHARE_GAIN * min(1.0, max(0.0, (_SENTENCE - telling) / (_SENTENCE - _KEYWORDS)))


def _worth_of(plan: Plan) -> dict[tuple[str, ...], float]:
    """The share of each unit in what the query asks for."""
    worth = {found.unit.tokens: found.idf * found.unit.weight for found in plan.units}
    asked = sum(found.idf * found.unit.weight for found in plan.own)
    asked = asked or max(worth.values(), default=1.0)
    return {tokens: each / asked for tokens, each in worth.items()}


def shares_in_titles(
    snapshot: Snapshot,
    scores: Sequence[Weights],
    among: Sequence[Mask],
    worth: Mapping[tuple[str, ...], float],
) -> Iterator[tuple[Weights, int, float]]:
    """For each of the best documents: where its score stands, and the worth of all units whose
    tokens stand in its title."""
    wanted = [([_needle(token) for token in tokens], each) for tokens, each in worth.items()]
    best = _best_documents(scores, among)
    for view, sums, docs in zip(snapshot.views, scores, best, strict=True):
        for doc in docs.tolist():
            title = view.segment.heads.title_of(doc)
            # Han stands anywhere, Latin as a word.
            title = f"{title} {' '.join(_LATIN_WORD.findall(title))} "
            yield sums, doc, sum(
                each for needles, each in wanted if all(map(title.__contains__, needles))
            )


def _needle(token: str) -> str:
    return f" {token} " if token.isascii() else token


def _best_documents(scores: Sequence[Weights], among: Sequence[Mask]) -> list[Ids]:
    """The documents with the highest scores in each segment, so many in all; in no order."""
    found = []
    for sums, mask in zip(scores, among, strict=True):
        docs = np.flatnonzero(mask).astype(np.int32)
        if len(docs) > _TITLES_READ:
            docs = docs[np.argpartition(-sums[docs], _TITLES_READ)[:_TITLES_READ]]
        found.append(docs)
    if sum(map(len, found)) <= _TITLES_READ:
        return found
    reached = np.concatenate([sums[docs] for sums, docs in zip(scores, found, strict=True)])
    least = np.partition(reached, -_TITLES_READ)[-_TITLES_READ]
    return [docs[sums[docs] >= least] for sums, docs in zip(scores, found, strict=True)]


def raise_exact_titles(snapshot: Snapshot, plan: Plan, scores: Sequence[Weights]) -> None:
    """Put documents titled exactly like the query above all others, in the order they scored."""
    key = title_key(plan.text)
    if key and plan.units:
        step = max(float(sums.max(initial=0)) for sums in scores) + 1
        for view, sums in zip(snapshot.views, scores, strict=True):
            sums[view.segment.titled(key)] += step
