"""The shared search engine: tables in PostgreSQL, many readers, one writer at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

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
from . import statements, tables
from .connections import Cursor, transaction
from .current import CurrentColumns
from .rows import row_of
from .snapshot import PostgresSnapshot
from .tables import Marker

log = logging.getLogger(__name__)
T = TypeVar("T")

KIND = "postgresql"
# A write or a rebuild may overtake a question, hardly several times in a row.
_ATTEMPTS = 6


class PostgresEngine:
    """Fulfils `Engine`. Safe for many threads, processes and machines on one database.

    Missing, damaged or differently formatted tables raise IndexBroken; `rebuild` heals them.
    An index of an older analyzer goes on answering, with `status().current` False.
    """

    def __init__(self, url: str, synonyms: Synonyms | None = None) -> None:
        self.synonyms = synonyms or shipped()
        self._url = url
        self._current = CurrentColumns()

    # Reading

    def search(self, request: SearchRequest) -> SearchResult:
        return self._answer(
            lambda snapshot: answer.search(snapshot, request, self.synonyms)
        )

    def similar(
        self,
        text: str,
        access: frozenset[str],
        *,
        limit: int = 5,
        exclude: frozenset[str] = frozenset(),
        filters: Filters | None = None,
    ) -> tuple[Hit, ...]:
        return self._answer(
            lambda snapshot: similar.similar(
                snapshot, text, access, limit=limit, exclude=exclude, filters=filters or {}
            )
        )

    def complete(
        self,
        prefix: str,
        access: frozenset[str],
        *,
        limit: int = 8,
        filters: Filters | None = None,
    ) -> tuple[Hit, ...]:
        return self._answer(
            lambda snapshot: suggestions.complete(
                snapshot, prefix, access,
                limit=limit, filters=filters or {}, synonyms=self.synonyms,
            )
        )

    def refs(self) -> frozenset[str]:
        return self._answer(lambda snapshot: snapshot.refs())

    def fingerprints(self) -> Mapping[str, str]:
        return self._answer(lambda snapshot: snapshot.fingerprints())

    def status(self) -> EngineStatus:
        size = 0
        try:
            with transaction(self._url, statements.BEGIN_WRITING) as cursor:
                size = sum(tables.sizes(cursor).values())
            marker, documents, segments = self._answer(
                lambda snapshot: (snapshot.marker, snapshot.documents, len(snapshot.views))
            )
        except SearchUnavailable as error:
            return EngineStatus(0, "", False, False, size, str(error), KIND)
        return EngineStatus(
            documents=documents,
            version=marker.written_by,
            current=marker.is_current,
            healthy=True,
            size_bytes=size,
            detail=f"ok: {segments} segments",
            kind=KIND,
            built=marker.built,
        )

    def check(self) -> EngineStatus:
        status = self.status()
        try:
            if status.healthy:
                with transaction(self._url, statements.BEGIN_WRITING) as cursor:
                    tables.verify(cursor)
        except IndexBroken as error:
            return replace(status, healthy=False, detail=str(error))
        except IndexBusy as error:
            return replace(status, detail=f"unwritable: {error}")
        return status

    def warm(self) -> None:
        """Read what the first questions will need; for the start of a process."""
        self._answer(lambda snapshot: None)
        pinyin.load()

    def _answer(self, question: Callable[[PostgresSnapshot], T]) -> T:
        """Ask a question inside one transaction, which sees one version of everything."""
        broken: Marker | None = None
        for _ in range(_ATTEMPTS):
            marker = None
            try:
                with _breakage(), transaction(self._url, statements.BEGIN_QUESTION) as cursor:
                    marker = tables.marker_in(cursor)
                    columns = self._current.at(cursor, marker)
                    if columns:
                        return question(PostgresSnapshot(cursor, columns))
            except IndexBroken:
                # A rebuild may have dropped the tables meanwhile; then the marker has changed.
                if marker is None or marker == broken:
                    raise
                broken = marker
        self._current.forget()
        raise IndexBusy("busy: the index changes too quickly")

    # Writing

    def write(
        self, documents: Iterable[Document], removals: Iterable[str] = (), *, wait: float = 5.0
    ) -> None:
        # Analysed before the lock is taken; a document that cannot be raises its own error.
        rows = {document.ref: row_of(document) for document in documents}
        refs = {*rows, *removals}
        if not refs:
            return
        with self._writing(wait) as (cursor, marker):
            tables.replace(cursor, marker, list(rows.values()), refs)

    def merge(self, *, wait: float = 5.0) -> None:
        """Forget what replaced documents left; the server tidies its tables by itself."""
        with self._writing(wait) as (cursor, marker):
            tables.tidy(cursor, marker)
        tables.drop_old_generations(self._url)

    @contextmanager
    def _writing(self, wait: float) -> Iterator[tuple[Cursor, Marker]]:
        with transaction(self._url, statements.BEGIN_WRITING) as cursor:
            yield cursor, tables.lock_for_writing(cursor, wait)

    def rebuild(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None
    ) -> int:
        with transaction(self._url, statements.BEGIN_WRITING) as cursor:
            tables.lock_for_rebuilding(cursor)
            written = tables.fill_new_generation(cursor, documents, progress)
        tables.drop_old_generations(self._url)
        return written


@contextmanager
def _breakage() -> Iterator[None]:
    """Whatever goes wrong over damaged contents becomes IndexBroken."""
    try:
        yield
    except SearchUnavailable:
        raise
    except Exception as error:
        log.exception("The search index cannot be read")
        raise IndexBroken(f"damaged: {type(error).__name__}: {error}") from error
