"""Which documents are worth scoring: holders of a question's rarest words, and what they hold.

Reading the counts of every document with any of the words would take seconds. Whoever answers a
question well holds one of its rare words, so those that do are the candidates.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..ranking.postings import NO_POSTINGS, Postings, Weights
from ..ranking.segment import Mask
from ..ranking.units import Found, Unit, inverse_frequency
from .rows import COUNTS, hashes_of

if TYPE_CHECKING:
    from .snapshot import Positions, PostgresSnapshot

# Candidates of a question: one in 33 documents, within these bounds. Measured: at 10,000 documents
# half as many lose .001 of recall; at 100,000 a third of them loses .016, two thirds .004.
_FEWEST, _SHARE, _MOST = 1000, 33, 3000
_BUCKETS = 1 << 16


def choose_sources(
    units: Sequence[Unit], frequencies: Mapping[str, int], documents: int
) -> list[Unit]:
    """The units whose holders are the candidates: the rarest words, as many as are affordable,
    and the rarest telling word whatever it costs. Phrases always: only their holders are exact."""
    budget = _budget(documents)
    sources = [unit for unit in units if unit.prefix or len(unit.tokens) > 1]
    words = sorted(
        (unit for unit in units if not unit.prefix and len(unit.tokens) == 1),
        key=lambda unit: frequencies[unit.tokens[0]],
    )
    rarest_telling = next((unit for unit in words if unit.weight >= 1), None)
    for unit in words:
        budget -= frequencies[unit.tokens[0]]
        if budget >= 0 or unit is rarest_telling or not sources:
            sources.append(unit)
    return sources


def _budget(documents: int) -> int:
    return min(max(documents // _SHARE, _FEWEST), _MOST)


class Candidates:
    """The candidates of one question, by position, and how often each holds each token.

    When even the rarest word stands in too many documents, all of them are candidates, and those
    not worth reading count as holding it once.
    """

    def __init__(
        self,
        snapshot: PostgresSnapshot,
        holders: Mapping[Unit, Positions],
        among: Sequence[Mask],
        wanted: Sequence[Mask],
    ) -> None:
        self._snapshot = snapshot
        self._holders = holders
        everybody = np.zeros(snapshot.total, np.bool_)
        for positions in holders.values():
            everybody[positions] = True
        self._positions = np.flatnonzero(everybody & np.concatenate(among))
        self._read = self._worth_reading(np.concatenate(wanted))

    def find(
        self, units: Sequence[Unit], held: Collection[Unit], frequencies: Mapping[str, int]
    ) -> dict[Unit, Found]:
        """The units among the candidates; of units that nobody holds, nothing."""
        tokens = {
            unit: self._snapshot.tokens_from(unit.tokens[0]) if unit.prefix else list(unit.tokens)
            for unit in held
        }
        rows = {token: row for row, token in enumerate(dict.fromkeys(chain(*tokens.values())))}
        counts = self._count(list(rows))
        found = {}
        for unit in units:
            postings, frequency = [NO_POSTINGS] * len(self._snapshot.views), 0
            if unit in tokens:
                weights = self._weights(unit, counts[[rows[token] for token in tokens[unit]]])
                postings = self._by_view(weights)
                exact = self._holders.get(unit)
                frequency = frequencies[unit.tokens[0]] if exact is None else len(exact)
            idf = inverse_frequency(self._snapshot.total, frequency)
            found[unit] = Found(unit, postings, frequency, idf)
        return found

    def _weights(self, unit: Unit, counts: NDArray[np.uint8]) -> Weights:
        """How often each candidate holds a unit, from the counts of those that were read."""
        held = counts.sum(axis=0, dtype=np.float32) if unit.prefix else counts.min(axis=0)
        holders = self._holders.get(unit)
        weights = np.zeros(len(self._positions), np.float32)
        if holders is not None and not self._read.all():
            holds = np.zeros(self._snapshot.total, np.bool_)
            holds[holders] = True
            weights[holds[self._positions]] = 1
        weights[self._read] = held
        return weights

    def _by_view(self, weights: Weights) -> list[Postings]:
        holding = np.flatnonzero(weights)
        numbers = self._snapshot.by_view(self._positions[holding])
        borders = np.cumsum([0, *map(len, numbers)])
        return [
            Postings(ids, weights[holding[start:end]])
            for ids, start, end in zip(numbers, borders[:-1], borders[1:], strict=True)
        ]

    def _worth_reading(self, wanted: Mask) -> Mask:
        """The most promising candidates: wanted, with a source in the title, trusted, new."""
        read = np.ones(len(self._positions), np.bool_)
        most = _budget(self._snapshot.documents)
        if len(read) > most:
            views = self._snapshot.views
            in_title = np.concatenate([self._in_title(number) for number in range(len(views))])
            quality = np.concatenate([view.segment.quality for view in views])
            created = np.concatenate([view.segment.created for view in views])
            keys = (created, quality, in_title, wanted)
            order = np.lexsort([key[self._positions] for key in keys])
            read[order[:-most]] = False
        return read

    def _in_title(self, number: int) -> Mask:
        """The documents of a view with the words of a source in their titles."""
        segment = self._snapshot.views[number].segment
        found = np.zeros(segment.size, np.bool_)
        for token in {token for unit in self._holders for token in unit.tokens}:
            positions = segment.heads.find(token)
            documents = segment.heads.documents_at(positions)
            found[documents[segment.heads.in_title(positions, documents)]] = True
        return found

    def _count(self, tokens: list[str]) -> NDArray[np.uint8]:
        """How often each candidate that is worth reading holds each token, a row for a token."""
        packed = self._snapshot.counts(self._positions[self._read])
        found = np.zeros((len(tokens), len(packed)), np.uint8)
        if not packed or not tokens:
            return found
        ends = np.cumsum([len(each) // COUNTS.itemsize for each in packed])
        counts = np.frombuffer(b"".join(packed), COUNTS)
        asked = hashes_of(tokens)
        order = np.argsort(asked)
        # Most hashes are told apart by their lower half alone, much quicker than by searching.
        buckets = np.zeros(_BUCKETS, np.bool_)
        buckets[asked % _BUCKETS] = True
        hits = np.flatnonzero(buckets.take(counts["low"]))
        hashes = counts["hash"][hits]
        rows = order[np.searchsorted(asked, hashes, sorter=order).clip(max=len(asked) - 1)]
        same = asked[rows] == hashes
        rows, hits = rows[same], hits[same]
        found[rows, np.searchsorted(ends, hits, side="right")] = counts["count"][hits]
        return found
