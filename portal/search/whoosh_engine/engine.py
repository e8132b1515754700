"""The embedded search engine: one folder on disk, many readers, one writer at a time."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from portal.core import pinyin

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
from ..ranking import answer, similar, suggestions
from ..synonyms import Synonyms, shipped
from .commits import WhooshSnapshot
from .current import CurrentIndex
from .folder import IndexFolder
from .schema import fields_of
from .writer import SMALL_MERGE, Batch, create_index, open_index, write_everything

log = logging.getLogger(__name__)

KIND = "whoosh"
_REBUILD_WAIT = 60.0
_CANNOT_WRITE = frozenset({
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM,
    errno.EMFILE, errno.ENFILE, errno.ENOMEM,
})


class WhooshEngine:
    """Fulfils `Engine`. Safe for many threads, and for several processes on one folder.

    A missing, damaged or differently formatted folder raises IndexBroken; `rebuild` heals it.
    An index of an older analyzer goes on answering, with `status().current` False.
    """

    def __init__(self, folder: Path, synonyms: Synonyms | None = None) -> None:
        self.synonyms = synonyms or shipped()
        self._folder = IndexFolder(Path(folder))
        self._current = CurrentIndex(self._folder)

    # Reading

    def search(self, request: SearchRequest) -> SearchResult:
        with _breakage():
            return answer.search(self._snapshot(), request, self.synonyms)

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
            return similar.similar(
                self._snapshot(), text, access, limit=limit, exclude=exclude, filters=filters or {}
            )

    def complete(
        self,
        prefix: str,
        access: frozenset[str],
        *,
        limit: int = 8,
        filters: Filters | None = None,
    ) -> tuple[Hit, ...]:
        with _breakage():
            return suggestions.complete(
                self._snapshot(), prefix, access,
                limit=limit, filters=filters or {}, synonyms=self.synonyms,
            )

    def refs(self) -> frozenset[str]:
        with _breakage():
            return self._snapshot().refs()

    def fingerprints(self) -> Mapping[str, str]:
        with _breakage():
            return self._snapshot().fingerprints()

    def status(self) -> EngineStatus:
        size = self._folder.size_bytes()
        try:
            with _breakage():
                opened = self._current.open()
                opened.snapshot.load()
        except SearchUnavailable as error:
            return EngineStatus(0, "", False, False, size, str(error), KIND)
        return EngineStatus(
            documents=opened.snapshot.documents,
            version=opened.marker.version,
            current=opened.marker.is_current,
            healthy=True,
            size_bytes=size,
            detail=f"ok: {len(opened.snapshot.views)} segments",
            kind=KIND,
            built=opened.marker.built,
        )

    def check(self) -> EngineStatus:
        status = self.status()
        try:
            if status.healthy:
                with _breakage():
                    self._current.verify()
            self._folder.try_writing()
        except IndexBroken as error:
            return replace(status, healthy=False, detail=str(error))
        except FileNotFoundError:
            return status
        except OSError as error:
            return replace(status, detail=f"unwritable: {error}")
        return status

    def _snapshot(self) -> WhooshSnapshot:
        return self._current.open().snapshot

    def warm(self) -> None:
        """Read what the first questions will need; for the start of a process."""
        with _breakage():
            self._snapshot().load()
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
            self._folder.drop_others()
            if batch.wants_merge:
                batch.commit(merge_limit=None)
            else:
                batch.cancel()

    @contextmanager
    def _writing(self, wait: float) -> Iterator[tuple[WhooshSnapshot, Batch]]:
        """The newest snapshot and an open batch under the lock; an exception cancels the batch."""
        self._folder.stamp()
        with self._folder.writing(wait), _breakage():
            opened = self._current.open()
            path = self._folder.index_path(opened.marker)
            batch = Batch(open_index(path, opened.snapshot.generation))
            try:
                yield opened.snapshot, batch
            except BaseException:
                batch.cancel()
                raise

    def rebuild(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None
    ) -> int:
        with self._folder.rebuilding(_REBUILD_WAIT):
            marker = self._folder.next_marker()
            try:
                self._folder.make_room(marker)
                index = create_index(self._folder.index_path(marker))
                written = write_everything(index, documents, progress)
                self._folder.switch_to(marker)
            except OSError as error:
                self._folder.discard(marker)
                raise IndexBusy(f"unwritable: {error}") from error
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
        if error.errno in _CANNOT_WRITE:
            raise IndexBusy(f"unwritable: {error}") from error
        raise IndexBroken(f"damaged: {error}") from error
    except Exception as error:
        log.exception("The search index cannot be read")
        raise IndexBroken(f"damaged: {type(error).__name__}: {error}") from error
