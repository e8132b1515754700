"""Opens the newest commit of a Whoosh index as a snapshot."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..ranking.postings import Ids, PostingsCache
from ..ranking.segment import Mask
from ..ranking.snapshot import LONGEST, NO_SECRET, Snapshot, count_among, make_views
from ..ranking.units import Found, Unit, inverse_frequency
from .library import TOC, FileStorage, Schema, SegmentReader
from .segment import WhooshSegment

_OPEN_ATTEMPTS = 10


class WhooshSnapshot(Snapshot):
    """What a commit left; segments are shared between snapshots."""

    def __init__(
        self, generation: int, segments: Sequence[tuple[WhooshSegment, NDArray[np.int64]]],
        longest: float = LONGEST,
    ) -> None:
        super().__init__(make_views(segments, longest))
        self.generation = generation
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

    def frequencies(self, tokens: Collection[str]) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for segment in self.segments.values():
            for token in segment.held(tokens):
                counts[token] += len(segment.postings("text", token).ids)
        return +counts

    def pairs_of(self, firsts: str, seconds: str) -> list[str]:
        found: set[str] = set()
        for segment in self.segments.values():
            found.update(segment.pairs_of(firsts, frozenset(seconds)))
        return sorted(found)

    def find_all(
        self, units: Iterable[Unit], among: Sequence[Mask], wanted: Sequence[Mask]
    ) -> dict[Unit, Found]:
        return {unit: self._find_among(unit, among) for unit in units}

    def _find_among(self, unit: Unit, among: Sequence[Mask]) -> Found:
        found = self.find(unit)
        if found.frequency <= NO_SECRET and not count_among(
            (each.ids for each in found.postings), among
        ):
            return Found(unit, found.postings, 0, inverse_frequency(self.total, 0))
        return found

    def find(self, unit: Unit) -> Found:
        """Everything there is of a unit: postings of common words cost no more than others."""
        postings = [segment.postings_of(unit) for segment in self.segments.values()]
        frequency = sum(len(each.ids) for each in postings)
        return Found(unit, postings, frequency, inverse_frequency(self.total, frequency))

    def holders_of(self, units: Sequence[Unit]) -> list[list[Ids]]:
        segments = self.segments.values()
        return [[segment.holders(unit) for segment in segments] for unit in units]

    def texts(self, number: int, docs: Ids) -> list[str]:
        segment = list(self.segments.values())[number]
        return [segment.folded_text(int(doc)) for doc in docs]


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
