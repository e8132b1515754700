"""A consistent view of all segments after one commit; segments are shared between snapshots."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .postings import Weights
from .segment import Segment

# BM25's parameters, as Whoosh uses them; the results are flat around these values.
K1 = 1.2
B = 0.75


class View:
    """One segment as this snapshot sees it: with its deleted documents and length norms."""

    def __init__(self, segment: Segment, deleted: NDArray[np.int64], average_length: float) -> None:
        self.segment = segment
        self.deleted = deleted
        self._average_length = average_length

    @cached_property
    def norms(self) -> Weights:
        """BM25's document part: K1 × (1 - B + B × length / average length)."""
        lengths = self.segment.lengths
        return (K1 * ((1 - B) + B * lengths / self._average_length)).astype(np.float32)


class Snapshot:
    """What a commit left: its generation, its segments, and counts over all of them."""

    def __init__(
        self, generation: int, segments: Sequence[tuple[Segment, NDArray[np.int64]]]
    ) -> None:
        self.generation = generation
        self.total = sum(segment.size for segment, _ in segments)
        self.documents = self.total - sum(len(deleted) for _, deleted in segments)
        length = sum(segment.text_length for segment, _ in segments)
        average = (length / self.total if self.total else 0) or 1.0
        self.views = [View(segment, deleted, average) for segment, deleted in segments]

    def refs(self) -> frozenset[str]:
        """All documents that are not deleted."""
        found: set[str] = set()
        for view in self.views:
            refs = np.array(view.segment.refs, object)
            found.update(np.delete(refs, view.deleted))
        return frozenset(found)
