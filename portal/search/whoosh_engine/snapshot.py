"""A consistent view of all segments after one commit; segments are shared between snapshots."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .library import TOC, FileStorage, Schema, SegmentReader
from .postings import PostingsCache, Weights
from .segment import Segment

# BM25's parameters, as Whoosh uses them; the results are flat around these values.
K1 = 1.2
B = 0.75

_OPEN_ATTEMPTS = 10


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

    def __init__(self, generation: int, segments: list[tuple[Segment, NDArray[np.int64]]]) -> None:
        self.generation = generation
        self.total = sum(segment.size for segment, _ in segments)
        self.documents = self.total - sum(len(deleted) for _, deleted in segments)
        length = sum(segment.text_length for segment, _ in segments)
        average = (length / self.total if self.total else 0) or 1.0
        self.views = [View(segment, deleted, average) for segment, deleted in segments]

    @property
    def segments(self) -> Mapping[str, Segment]:
        return {view.segment.name: view.segment for view in self.views}


def open_snapshot(
    storage: FileStorage,
    name: str,
    schema: Schema,
    cache: PostingsCache,
    known: Mapping[str, Segment],
    *,
    stock: bool,
) -> Snapshot:
    """The newest commit. A writer may remove files between our looks, hence several attempts."""
    for attempt in range(_OPEN_ATTEMPTS):
        try:
            toc = TOC.read(storage, name, schema=schema)
            segments = []
            for entry in toc.segments:
                segment = known.get(entry.segment_id())
                if segment is None:
                    reader = SegmentReader(storage, schema, entry)
                    segment = Segment(reader, cache, stock=stock)
                deleted = np.fromiter(entry.deleted_docs(), np.int64)
                segments.append((segment, deleted))
            return Snapshot(toc.generation, segments)
        except FileNotFoundError:
            if attempt == _OPEN_ATTEMPTS - 1:
                raise
            time.sleep(0.02)
    raise AssertionError("unreachable")
