"""A consistent view of a whole index: its segments as columns, and looking up what they hold."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .postings import Ids, Weights
from .segment import Mask, Segment
from .units import Found, Unit

# BM25's parameters, as Whoosh uses them; the results are flat around these values.
K1 = 1.2
B = 0.75
# What stands in more documents than this is no secret.
NO_SECRET = 1000
# Tokens. What is longer has files attached, and a book among them must neither bury what the case
# itself says nor put the lengths of all others out of proportion.
LONGEST = 1000.0


class View:
    """One segment as a snapshot sees it: with its deleted documents and length norms."""

    def __init__(
        self, segment: Segment, deleted: NDArray[np.int64], average_length: float,
        longest: float = LONGEST,
    ) -> None:
        self.segment = segment
        self.deleted = deleted
        self._average_length = average_length
        self._longest = longest

    @cached_property
    def norms(self) -> Weights:
        """BM25's document part: K1 × (1 - B + B × length / average length)."""
        lengths = np.minimum(self.segment.lengths, self._longest)
        return (K1 * ((1 - B) + B * lengths / self._average_length)).astype(np.float32)


def make_views(
    segments: Sequence[tuple[Segment, NDArray[np.int64]]], longest: float = LONGEST
) -> list[View]:
    """Segments with their deleted documents, put into proportion to one another."""
    total = sum(segment.size for segment, _ in segments)
    length = sum(
        segment.text_length - float(np.maximum(segment.lengths - longest, 0).sum(dtype=np.float64))
        for segment, _ in segments
    )
    average = (length / total if total else 0) or 1.0
    return [View(segment, deleted, average, longest) for segment, deleted in segments]


def count_among(held: Iterable[Ids], among: Sequence[Mask]) -> int:
    """How many of these documents (a list for each view) are among the masked ones."""
    return sum(int(mask[ids].sum()) for mask, ids in zip(among, held, strict=True))


class Snapshot(ABC):
    """What one commit left. Lookups come in batches, because an engine may have to ask a server;
    lists of masks, postings and ids hold one item for each view."""

    def __init__(self, views: Sequence[View]) -> None:
        self.views = views
        self.total = sum(view.segment.size for view in views)
        self.documents = self.total - sum(len(view.deleted) for view in views)

    @abstractmethod
    def frequencies(self, tokens: Collection[str]) -> Mapping[str, int]:
        """How many documents hold each token; tokens that none holds are left out."""

    @abstractmethod
    def pairs_of(self, firsts: str, seconds: str) -> list[str]:
        """The Han pairs that some document holds, made of one of these characters each."""

    @abstractmethod
    def find_all(
        self, units: Iterable[Unit], among: Sequence[Mask], wanted: Sequence[Mask]
    ) -> dict[Unit, Found]:
        """Look units up. `frequency` is 0 when no document of `among` holds the unit: what stands
        in hidden documents alone counts like what nobody wrote.

        Postings are needed of documents of `among` only, and with true weights of those `wanted`
        most: an engine may leave out documents that hold nothing but the units' commonest ones.
        """

    @abstractmethod
    def holders_of(self, units: Sequence[Unit]) -> Iterable[list[Ids]]:
        """Exactly the documents that hold each unit."""

    def holders(self, unit: Unit) -> list[Ids]:
        """Exactly the documents that hold a unit."""
        (found,) = self.holders_of([unit])
        return found

    def words_among(self, words: Collection[str], among: Sequence[Mask]) -> dict[str, int]:
        """Those of some words that stand in documents of `among`, and in how many. A word that
        stands in very many documents is no secret, and is not looked for."""
        counts = dict(self.frequencies(words))
        rare = [word for word, frequency in counts.items() if frequency <= NO_SECRET]
        holders = self.holders_of([Unit((word,)) for word in rare])
        for word, held in zip(rare, holders, strict=True):
            counts[word] = count_among(held, among)
        return {word: count for word, count in counts.items() if count}

    @abstractmethod
    def texts(self, number: int, docs: Ids) -> Iterable[str]:
        """The whole searchable texts of some documents of one view, in their order."""

    def refs(self) -> frozenset[str]:
        """All documents that are not deleted."""
        found: set[str] = set()
        for view in self.views:
            refs = np.array(view.segment.refs, object)
            found.update(np.delete(refs, view.deleted))
        return frozenset(found)
