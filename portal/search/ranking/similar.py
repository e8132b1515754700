"""Documents that speak of the same as a text: as a case that is read, or one being written."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np

from ..analyzer import (
    fold,
    han_tokens,
    is_function_pair,
    latin_tokens,
    split_words,
)
from ..engine import Filters, Hit
from ..grammar import may_be_function_word
from . import masks
from .answer import QUALITY_GAIN, best
from .scorer import score
from .segment import Mask
from .snapshot import Snapshot
from .titles import shares_in_titles
from .units import Found, Unit

# Of a long text only this much is read, and only its most repeated tokens are looked up.
_MAX_CHARACTERS = 20_000
_MAX_LOOKUPS = 400
_MAX_UNITS = 20
# Below this share of what a text is about, a document shares no subject with it. Few words meet by
# chance more easily than many, so a short text asks for more.
MIN_SHARED = 0.1
MIN_SHARED_OF_FEW = 0.35
_FEW = 12
# A word that nobody has used stands for a subject that nobody has written about. Overlapping pairs
# make two of it, and names are often unknown in a library that knows the matter well.
_UNKNOWN = 0.5
# What a telling word gains when it stands in the title.
_TITLE_GAIN = 0.4
# Beside a document that really speaks of the same, what scores less than this share of it does not.
_TAIL = 0.35


@dataclass(slots=True)
class Subject:
    """What a text is about: its telling tokens with their worth, and the worth of everything in it,
    words that nobody has used included."""

    worth: dict[str, float]
    times: Mapping[str, int]
    total: float

    @property
    def enough(self) -> float:
        """What a document must share at least."""
        few = max(0.0, 1 - len(self.worth) / _FEW)
        return (MIN_SHARED + (MIN_SHARED_OF_FEW - MIN_SHARED) * few) * self.total


def similar(
    snapshot: Snapshot,
    text: str,
    access: frozenset[str],
    *,
    limit: int,
    exclude: frozenset[str],
    filters: Filters,
) -> tuple[Hit, ...]:
    """The documents that share most of the 20 most telling tokens of a text, if they share enough.
    Tokens in titles count more; of equals the more trusted one comes first."""
    permitted = [masks.permitted(view, access, exclude) for view in snapshot.views]
    wanted = [
        masks.combine(mask, masks.filter_masks(view, filters))
        for view, mask in zip(snapshot.views, permitted, strict=True)
    ]
    subject, found = _found(snapshot, text, len(exclude), permitted, wanted)
    scores = score(snapshot, found)
    chosen: list[Mask] = []
    for number, (view, mask, sums) in enumerate(zip(snapshot.views, wanted, scores, strict=True)):
        shared = np.zeros(len(mask), np.float32)
        for each in found:
            shared[each.postings[number].ids] += each.idf
        chosen.append(mask & (sums > 0) & (shared >= subject.enough))
        sums *= 1 + QUALITY_GAIN * view.segment.quality
    worth: dict[tuple[str, ...], float] = {(token,): it for token, it in subject.worth.items()}
    for sums, doc, share in shares_in_titles(snapshot, scores, chosen, worth):
        sums[doc] += _TITLE_GAIN * share
    hits = best(snapshot, scores, chosen, "relevance", limit)
    return tuple(hit for hit in hits if hit.score >= _TAIL * hits[0].score)


def _found(
    snapshot: Snapshot, text: str, excluded: int, permitted: Sequence[Mask], wanted: Sequence[Mask]
) -> tuple[Subject, list[Found]]:
    """What a text is about, and which documents hold it. What only documents hold that the reader
    may not see is looked at anew as what nobody has used."""
    unused: set[str] = set()
    while True:
        subject = subject_of(snapshot, text, excluded, unused)
        units = [Unit((token,), subject.times[token] ** 0.5) for token in subject.worth]
        found = list(snapshot.find_all(units, permitted, wanted).values())
        hidden = {each.unit.tokens[0] for each in found if not each.frequency}
        if not hidden:
            break
        unused |= hidden
    for each in found:
        each.idf = subject.worth[each.unit.tokens[0]]
    return subject, found


def subject_of(
    snapshot: Snapshot, text: str, excluded: int, unused: Set[str] = frozenset()
) -> Subject:
    """The rare and repeated tokens of a text. One that only the left-out documents hold counts as
    one that nobody has used, as do those that are said to be `unused`."""
    runs = list(_runs(fold(text[:_MAX_CHARACTERS])))
    times = Counter(token for run in runs for token in run)
    known = dict.fromkeys((token for token, _ in times.most_common(_MAX_LOOKUPS)), 0)
    for token, frequency in snapshot.frequencies(known.keys()).items():
        known[token] = frequency if frequency > excluded and token not in unused else 0
    words = dict.fromkeys(token for run in runs for token in _words(run, known))
    total = snapshot.total + 1
    worth = {token: math.log(total / known[token]) for token in words if known[token]}
    best_first = sorted(worth, key=lambda token: -worth[token] * times[token] ** 0.5)
    chosen = {token: worth[token] for token in best_first[:_MAX_UNITS]}
    unknown = min(len(words) - len(worth), _MAX_UNITS - len(chosen))
    return Subject(chosen, times, sum(chosen.values()) + _UNKNOWN * unknown * math.log(total))


def _runs(folded: str) -> Iterator[list[str]]:
    """The pairs of each Han run, the tokens of each Latin word."""
    for word, is_han, _ in split_words(folded):
        yield han_tokens(word)[:-1] if is_han else latin_tokens(word)


def _words(run: Sequence[str], known: Mapping[str, int]) -> Iterator[str]:
    """The tokens of a run that say something: no grammar, no bare numbers, no seams (pairs rarer
    than both neighbours, which only join two words)."""
    for place, token in enumerate(run):
        if token not in known or is_function_pair(token) or may_be_function_word(token):
            continue
        if token.isascii():
            if len(token) > 1 and not token.isdigit():
                yield token
        elif not 0 < place < len(run) - 1 or known[token] >= min(
            known.get(run[place - 1], 0), known.get(run[place + 1], 0)
        ):
            yield token
