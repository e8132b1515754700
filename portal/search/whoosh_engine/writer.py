"""Writes batches of documents as new segments and merges small segments, a tier at a time."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ..document import Document
from .durable import DurableStorage, open_durable
from .folder import INDEX_NAME
from .library import TOC, FileIndex, SegmentReader, SegmentWriter, W3Codec
from .schema import fields_of, make_schema

log = logging.getLogger(__name__)

# Longer blocks than Whoosh's 128 and no compression: faster to write, merge and decode.
_BLOCK_LIMIT = 4096
# Segments of similar size are merged when there are this many of them.
TIER_SEGMENTS = 8
# A merge inside `write` may copy this many documents at most (about 0.2 s) …
SMALL_MERGE = 128
# … unless segments piled up because nobody called `merge`.
_PILE = 4 * TIER_SEGMENTS
# A rebuild commits after 2,000 documents, or a quarter of those so far, whichever is more: large
# libraries end in about a dozen segments, and progress is told in steps.
_REBUILD_BATCH = 2000
_GROWTH = 4
# Postings that Whoosh collects in memory; beyond, it sorts on disk and takes nearly twice as long.
_MEMORY_MB = 96


def create_index(path: Path) -> FileIndex:
    return FileIndex.create(DurableStorage(str(path)), make_schema(), INDEX_NAME)


def open_index(path: Path, generation: int | None = None) -> FileIndex:
    """The newest commit, for writing. Raises `ValueError` when its contents were damaged."""
    if generation is None:
        generation = TOC._latest_generation(os.listdir(path), INDEX_NAME)
    storage = open_durable(path, TOC._filename(INDEX_NAME, generation))
    return FileIndex(storage, make_schema(), INDEX_NAME)


class Batch:
    """One commit: replaces documents by ref. The caller holds the folder's lock."""

    def __init__(self, index: FileIndex) -> None:
        codec = W3Codec(blocklimit=_BLOCK_LIMIT, compression=0)
        self._writer = SegmentWriter(index, codec=codec, limitmb=_MEMORY_MB, timeout=1.0)
        # Whoosh's writer works on its own copies of the segments' deletions.
        self.segments = self._writer.segments

    def remove(self, segment: Any, docs: Iterable[int]) -> None:
        for doc in docs:
            segment.delete_document(int(doc))

    def add(self, fields: dict[str, Any]) -> None:
        self._writer.add_document(**fields)

    def commit(self, *, merge_limit: int | None) -> None:
        self._writer.commit(
            mergetype=lambda writer, segments: _merge(writer, segments, merge_limit)
        )

    @property
    def wants_merge(self) -> bool:
        return bool(choose_merge([segment.doc_count() for segment in self.segments], None))

    def cancel(self) -> None:
        """Forget the batch. Whoosh may stumble over its own half-written files (a full disk);
        its lock must go all the same, and later commits clear the files away."""
        try:
            if not self._writer.is_closed:
                self._writer.cancel()
        except Exception:
            log.warning("A batch could not be cancelled cleanly", exc_info=True)
            self._writer.writelock.release()


def _merge(writer: SegmentWriter, segments: list[Any], limit: int | None) -> list[Any]:
    """Copy one overfull tier of segments into the segment being written; keep the others.

    `limit` bounds the documents copied; None means no bound.
    """
    kept = [segment for segment in segments if segment.doc_count()]
    chosen = choose_merge([segment.doc_count() for segment in kept], limit)
    # What was damaged must not be copied and pass for sound.
    writer.storage.verify(segment_file(kept[position]) for position in chosen)
    for position in sorted(chosen):
        reader = SegmentReader(writer.storage, writer.schema, kept[position])
        writer.add_reader(reader)
        reader.close()
    return [segment for position, segment in enumerate(kept) if position not in chosen]


def segment_file(segment: Any) -> str:
    """The name of the file that holds everything of a segment."""
    return str(segment.make_filename(segment.COMPOUND_EXT))


def choose_merge(sizes: list[int], limit: int | None) -> frozenset[int]:
    """Which segments to merge: the smallest tier (powers of eight) that is full, if affordable."""
    if limit is not None and len(sizes) >= _PILE:
        limit = None
    tiers: dict[int, list[int]] = {}
    for position, size in enumerate(sizes):
        tiers.setdefault(_tier(size), []).append(position)
    merged: list[int] = []
    for tier in sorted(tiers):
        # What the lower tier becomes counts for this one, so merges cascade in one go.
        members = merged + tiers[tier]
        if len(tiers[tier]) + bool(merged) < TIER_SEGMENTS:
            continue
        if limit is not None and sum(sizes[position] for position in members) > limit:
            break
        merged = members
    return frozenset(merged)


def _tier(size: int) -> int:
    tier = 0
    while size >= TIER_SEGMENTS:
        size //= TIER_SEGMENTS
        tier += 1
    return tier


def write_everything(
    index: FileIndex, documents: Iterable[Document], progress: Callable[[int], None] | None
) -> int:
    """Fill an empty index; of documents with equal refs the first one stays."""
    seen: set[str] = set()
    batch, in_batch = Batch(index), 0
    try:
        for document in documents:
            if document.ref in seen:
                continue
            seen.add(document.ref)
            batch.add(fields_of(document))
            in_batch += 1
            if in_batch >= max(_REBUILD_BATCH, len(seen) // _GROWTH):
                batch.commit(merge_limit=0)
                batch, in_batch = Batch(index), 0
                if progress:
                    progress(len(seen))
    except BaseException:
        batch.cancel()
        raise
    batch.commit(merge_limit=0)
    if progress and in_batch:
        progress(len(seen))
    return len(seen)
