"""Keeps the newest snapshot of an index folder at hand while other processes write and rebuild."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from ..ranking.postings import PostingsCache
from . import selfcheck
from .commits import WhooshSnapshot, open_snapshot
from .durable import open_durable
from .folder import INDEX_NAME, IndexFolder, Marker
from .library import TOC, FileStorage
from .schema import make_schema
from .segment import WhooshSegment

log = logging.getLogger(__name__)

# At most 32 MB of postings: 8 bytes for each document of a term. Small libraries need far less.
_CACHE_ENTRIES = 4_000_000
# A rebuild may switch the index while it is being opened, hardly several times in a row.
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """A snapshot, and the marker (with its stamp) of the index it was taken from."""

    stamp: tuple[int, int]
    marker: Marker
    snapshot: WhooshSnapshot


class CurrentIndex:
    """Looks for a newer commit at every question, and opens it once for all threads."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._schema = make_schema()
        self._cache = PostingsCache(_CACHE_ENTRIES)
        self._lock = threading.Lock()
        # Replaced as a whole, so that threads always see values that belong together.
        self._opened: Opened | None = None
        self._is_checked = False
        # Whether Whoosh's own decoder is in use, because ours disagreed with it.
        self._stock = False

    def open(self) -> Opened:
        """The newest commit; refuses with IndexBroken (or any error of Whoosh's) when damaged."""
        for _ in range(_ATTEMPTS):
            stamp = self._folder.stamp()
            try:
                return self._newest(stamp)
            except Exception:
                # The index may have been replaced between two looks; otherwise it is damaged.
                if self._folder.stamp() == stamp:
                    raise
        return self._newest(self._folder.stamp())

    def verify(self) -> None:
        """Read every file. Raises `ValueError` for one that is not as it was written."""
        for attempt in range(_ATTEMPTS):
            opened = self.open()
            try:
                contents = TOC._filename(INDEX_NAME, opened.snapshot.generation)
                storage = open_durable(self._folder.index_path(opened.marker), contents)
                storage.verify(f"{name}.seg" for name in opened.snapshot.segments)
                return
            except (OSError, ValueError):
                # A newer commit removes the files of the one before; otherwise it is damaged.
                if attempt == _ATTEMPTS - 1 or self.open() is opened:
                    raise

    def _newest(self, stamp: tuple[int, int]) -> Opened:
        opened = self._opened
        if opened is None or not self._is_newest(opened, stamp):
            with self._lock:
                opened = self._opened
                if opened is None or not self._is_newest(opened, stamp):
                    opened = self._opened = self._read(stamp, opened)
        return opened

    def _is_newest(self, opened: Opened, stamp: tuple[int, int]) -> bool:
        return (
            opened.stamp == stamp
            and self._folder.generation(opened.marker) == opened.snapshot.generation
        )

    def _read(self, stamp: tuple[int, int], before: Opened | None) -> Opened:
        marker = self._folder.marker()
        storage = FileStorage(str(self._folder.index_path(marker)))
        snapshot = self._snapshot(storage, before.snapshot.segments if before else {})
        if not self._is_checked and snapshot.total:
            self._is_checked = True
            if not selfcheck.agrees_with_stock(snapshot):
                log.warning("Scores differ from Whoosh's own: falling back to its slower decoder")
                self._stock = True
                self._cache.clear()
                snapshot = self._snapshot(storage, {})
        return Opened(stamp, marker, snapshot)

    def _snapshot(self, storage: FileStorage, known: Mapping[str, WhooshSegment]) -> WhooshSnapshot:
        return open_snapshot(
            storage, INDEX_NAME, self._schema, self._cache, known, stock=self._stock
        )
