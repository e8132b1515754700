"""The embedded search engine: one folder on disk, many readers, one writer at a time."""

from __future__ import annotations

import errno
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .. import pinyin
from ..document import Document
from ..engine import (
    EngineStatus,
    Filters,
    Hit,
    IndexBroken,
    IndexBusy,
    SearchRequest,
    SearchResult,
    SearchUnavailable,
)
from ..synonyms import Synonyms, shipped
from . import ranking, selfcheck, suggestions
from .folder import INDEX_NAME, IndexFolder, Marker
from .library import FileStorage
from .postings import PostingsCache
from .schema import fields_of, make_schema
from .segment import Segment
from .snapshot import Snapshot, open_snapshot
from .writer import SMALL_MERGE, Batch, open_index, write_everything

log = logging.getLogger(__name__)

# At most 32 MB of postings: 8 bytes for each document of a term. Small libraries need far less.
_CACHE_ENTRIES = 4_000_000
_REBUILD_WAIT = 60.0
_NO_ROOM = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM}
)


class WhooshEngine:
    """Fulfils `Engine`. Safe for many threads, and for several processes on one folder.

    A missing, damaged or differently formatted folder raises IndexBroken; `rebuild` heals it.
    An index of an older analyzer goes on answering, with `status().current` False.
    """

    def __init__(self, folder: Path, synonyms: Synonyms | None = None) -> None:
        self.synonyms = synonyms or shipped()
        self._folder = IndexFolder(Path(folder))
        self._schema = make_schema()
        self._cache = PostingsCache(_CACHE_ENTRIES)
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._marker: Marker | None = None
        self._snapshot: Snapshot | None = None
        # Whether our decoder was compared with Whoosh's own, and whether the latter is in use.
        self._is_checked = False
        self._stock = False

    # Reading

    def search(self, request: SearchRequest) -> SearchResult:
        with _breakage():
            return ranking.search(self._current(), request, self.synonyms)

    def similar(
        self,
        text: str,
        access: frozenset[str],
        *,
        limit: int = 5,
        exclude: frozenset[str] = frozenset(),
        filters: Filters | None = None,
    ) -> tuple[Hit, ...]:
        with _breakage():
            return suggestions.similar(
                self._current(), text, access, limit=limit, exclude=exclude, filters=filters or {}
            )

    def complete(
        self, prefix: str, access: frozenset[str], *, limit: int = 8
    ) -> tuple[Hit, ...]:
        with _breakage():
            return suggestions.complete(
                self._current(), prefix, access, limit=limit, synonyms=self.synonyms
            )

    def status(self) -> EngineStatus:
        try:
            snapshot = self._probed()
            marker = self._marker or self._folder.marker()
        except SearchUnavailable as error:
            return EngineStatus(0, "", False, False, self._folder.size_bytes(), str(error))
        return EngineStatus(
            documents=snapshot.documents,
            version=marker.version,
            current=marker.is_current,
            healthy=True,
            size_bytes=self._folder.size_bytes(),
            detail=f"ok: {len(snapshot.views)} segments",
        )

    def _probed(self) -> Snapshot:
        """A snapshot of which every segment answers a read."""
        with _breakage():
            snapshot = self._current()
            for view in snapshot.views:
                view.segment.load()
            return snapshot

    def _current(self) -> Snapshot:
        """The newest commit, opened once; threads that come meanwhile wait for it."""
        stamp = self._folder.stamp()
        marker, snapshot = self._marker, self._snapshot
        if marker is None or snapshot is None or stamp != self._stamp:
            return self._open(stamp)
        if self._folder.generation(marker) != snapshot.generation:
            return self._open(stamp)
        return snapshot

    def _open(self, stamp: tuple[int, int]) -> Snapshot:
        with self._lock:
            marker = self._marker if stamp == self._stamp else None
            marker = marker or self._folder.marker()
            known = self._snapshot.segments if self._snapshot else {}
            snapshot = self._snapshot
            if (
                snapshot is None
                or marker != self._marker
                or snapshot.generation != self._folder.generation(marker)
            ):
                storage = FileStorage(str(self._folder.index_path(marker)))
                snapshot = self._opened(storage, known)
            self._stamp, self._marker, self._snapshot = stamp, marker, snapshot
            return snapshot

    def _opened(self, storage: FileStorage, known: Mapping[str, Segment]) -> Snapshot:
        snapshot = open_snapshot(
            storage, INDEX_NAME, self._schema, self._cache, known, stock=self._stock
        )
        if not self._is_checked and snapshot.total:
            self._is_checked = True
            if not selfcheck.agrees_with_stock(snapshot):
                log.warning("Scores differ from Whoosh's own: falling back to its slower decoder")
                self._stock = True
                self._cache.clear()
                return self._opened(storage, {})
        return snapshot

    def warm(self) -> None:
        """Read what the first questions will need; for the start of a process."""
        with _breakage():
            for view in self._current().views:
                view.segment.load()
            pinyin.load()

    # Writing

    def write(
        self, documents: Iterable[Document], removals: Iterable[str] = (), *, wait: float = 5.0
    ) -> None:
        # Analysed before the lock is taken; a document that cannot be raises its own error.
        additions = {document.ref: fields_of(document) for document in documents}
        refs = [ref.encode() for ref in {*additions, *removals}]
        if not refs:
            return
        with self._writing(wait) as (snapshot, batch):
            for entry in batch.segments:
                segment = snapshot.segments[entry.segment_id()]
                for ref in refs:
                    batch.remove(entry, segment.read_postings("ref", ref).ids)
            for fields in additions.values():
                batch.add(fields)
            batch.commit(merge_limit=SMALL_MERGE)

    def merge(self, *, wait: float = 5.0) -> None:
        """Merge segments that many writes left, so that searching stays quick; for a worker.

        Takes about a second for every 1,000 documents concerned; refuses like `write`.
        """
        with self._writing(wait) as (_, batch):
            if batch.wants_merge:
                batch.commit(merge_limit=None)
            else:
                batch.cancel()

    @contextmanager
    def _writing(self, wait: float) -> Iterator[tuple[Snapshot, Batch]]:
        """The newest snapshot and an open batch under the lock; an exception cancels the batch."""
        self._folder.stamp()
        with self._folder.writing(wait), _breakage():
            path = self._folder.index_path(self._folder.marker())
            snapshot = self._current()
            batch = Batch(open_index(path))
            try:
                yield snapshot, batch
            except BaseException:
                batch.cancel()
                raise

    def rebuild(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None
    ) -> int:
        with self._folder.rebuilding(_REBUILD_WAIT):
            marker = self._folder.new_index()
            try:
                index = open_index(self._folder.index_path(marker), create=True)
                written = write_everything(index, documents, progress)
                self._folder.switch_to(marker)
            except OSError as error:
                self._folder.discard(marker)
                raise IndexBusy(f"busy: {error}") from error
            except BaseException:
                self._folder.discard(marker)
                raise
            return written


@contextmanager
def _breakage() -> Iterator[None]:
    """Whatever goes wrong inside a damaged index becomes IndexBroken. A full disk does not damage
    it, so that is IndexBusy: a rebuild would not help."""
    try:
        yield
    except SearchUnavailable:
        raise
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise IndexBusy(f"busy: {error}") from error
        raise IndexBroken(f"damaged: {error}") from error
    except Exception as error:
        log.exception("The search index cannot be read")
        raise IndexBroken(f"damaged: {type(error).__name__}: {error}") from error
