"""Opens the newest commit of a Whoosh index as a snapshot."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..ranking.postings import PostingsCache
from ..ranking.snapshot import Snapshot
from .library import TOC, FileStorage, Schema, SegmentReader
from .segment import WhooshSegment

_OPEN_ATTEMPTS = 10


class WhooshSnapshot(Snapshot):
    """What a commit left; segments are shared between snapshots."""

    def __init__(
        self, generation: int, segments: Sequence[tuple[WhooshSegment, NDArray[np.int64]]]
    ) -> None:
        super().__init__(generation, segments)
        self.segments = {segment.name: segment for segment, _ in segments}

    def fingerprints(self) -> dict[str, str]:
        """Of all documents that are not deleted."""
        found: dict[str, str] = {}
        for view, segment in zip(self.views, self.segments.values(), strict=True):
            deleted = set(view.deleted.tolist())
            pairs = zip(segment.refs, segment.fingerprints(), strict=True)
            found.update(pair for doc, pair in enumerate(pairs) if doc not in deleted)
        return found

    def load(self) -> None:
        """Read what searching needs, which otherwise happens at the first question."""
        for segment in self.segments.values():
            segment.load()


def open_snapshot(
    storage: FileStorage,
    name: str,
    schema: Schema,
    cache: PostingsCache,
    known: Mapping[str, WhooshSegment],
    *,
    stock: bool,
) -> WhooshSnapshot:
    """The newest commit. A writer may remove files between our looks, hence several attempts."""
    for attempt in range(_OPEN_ATTEMPTS):
        try:
            toc = TOC.read(storage, name, schema=schema)
            segments = []
            for entry in toc.segments:
                segment = known.get(entry.segment_id())
                if segment is None:
                    reader = SegmentReader(storage, schema, entry)
                    segment = WhooshSegment(reader, cache, stock=stock)
                deleted = np.fromiter(entry.deleted_docs(), np.int64)
                segments.append((segment, deleted))
            return WhooshSnapshot(toc.generation, segments)
        except FileNotFoundError:
            if attempt == _OPEN_ATTEMPTS - 1:
                raise
            time.sleep(0.02)
    raise AssertionError("unreachable")
