"""The engine's tables: which generation is in use, filling a new one, replacing documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from ..analyzer import ANALYZER_VERSION
from ..document import Document
from ..engine import IndexBroken, IndexBusy
from . import statements
from .connections import Cursor, transaction
from .rows import FORMAT_VERSION, Row, row_of
from .statements import of_generation

_BATCH = 2000
# Another rebuild is told at once; a write of many documents may take a while.
_REBUILD_WAIT, _WRITERS_WAIT = 1.0, 60.0
# Removals are remembered for this many versions, for processes that have not looked since.
REMEMBERED = 10_000
# Shorter than the second after which the server would take a waiting reader for a deadlock.
_DROP_WAIT, _DROP_ATTEMPTS = 0.2, 20


@dataclass(frozen=True, slots=True)
class Marker:
    """Which tables are in use, what wrote them, and the version of the last write."""

    generation: int
    format: int
    analyzer: int
    version: int
    built: datetime

    @property
    def written_by(self) -> str:
        return f"{self.format}.{self.analyzer}"

    @property
    def is_current(self) -> bool:
        return self.analyzer == ANALYZER_VERSION


def marker_in(cursor: Cursor) -> Marker:
    """The marker just read; refuses with IndexBroken what is missing or of another format."""
    row: Any = cursor.fetchone()
    if row is None:
        raise IndexBroken("missing: there is no index yet")
    generation, written_as, analyzer, version, built = row
    marker = Marker(generation, written_as, analyzer, version, built.astimezone(UTC))
    if marker.format != FORMAT_VERSION:
        raise IndexBroken(f"format: the index has format {marker.format}")
    return marker


def sizes(cursor: Cursor) -> dict[str, int]:
    """The tables of the engine in bytes, of every generation."""
    rows: Any = cursor.execute(statements.ENGINE_TABLES).fetchall()
    return dict(rows)


# Writing


def lock_for_writing(cursor: Cursor, wait: float) -> Marker:
    """One writer at a time, over all processes and machines; the marker as it is then."""
    marker_in(cursor.execute(statements.READ_MARKER))
    if cursor.execute(statements.IS_REBUILDING).fetchone() == (True,):
        raise IndexBusy("busy: the index is being rebuilt")
    _lock(cursor, statements.LOCK_WRITING, wait)
    return marker_in(cursor.execute(statements.READ_MARKER))


def replace(cursor: Cursor, marker: Marker, rows: Sequence[Row], refs: Collection[str]) -> None:
    """Write rows, and remove what else has one of the refs."""
    version = marker.version + max(len(rows), 1)
    _copy(cursor, marker.generation, rows, marker.version)
    cursor.execute(
        of_generation(statements.REPLACE, marker.generation),
        {"refs": sorted(refs), "before": marker.version, "version": version},
    )
    cursor.execute(statements.SET_VERSION, {"version": version})


def tidy(cursor: Cursor, marker: Marker) -> None:
    """Forget what nobody asks for any more."""
    cursor.execute(of_generation(statements.FORGET_TERMS, marker.generation))
    cursor.execute(
        of_generation(statements.FORGET_REMOVED, marker.generation),
        {"version": marker.version - REMEMBERED},
    )


def verify(cursor: Cursor) -> None:
    """Read what is stored and try to write; refuses with IndexBroken and IndexBusy."""
    marker = marker_in(cursor.execute(statements.READ_MARKER))
    if cursor.execute(of_generation(statements.AGREES, marker.generation)).fetchone() != (True,):
        raise IndexBroken("damaged: the tables contradict each other")
    cursor.execute(of_generation(statements.TRY_WRITING, marker.generation))
    cursor.execute("ROLLBACK")


# Rebuilding


def lock_for_rebuilding(cursor: Cursor) -> None:
    _lock(cursor, statements.LOCK_REBUILDING, _REBUILD_WAIT)
    _lock(cursor, statements.LOCK_WRITING, _WRITERS_WAIT)


def fill_new_generation(
    cursor: Cursor, documents: Iterable[Document], progress: Callable[[int], None] | None
) -> int:
    """Make and fill new tables and put them in use. Others see nothing of it before the commit,
    and nothing stays of it without one. Of documents with equal refs the first one stays."""
    cursor.execute(statements.CREATE_MARKER)
    generation = 1 + max(map(_generation_of, sizes(cursor)), default=0)
    for statement in statements.CREATE_TABLES:
        cursor.execute(of_generation(statement, generation))
    written = 0
    for rows in _batches(documents):
        _copy(cursor, generation, rows, written)
        written += len(rows)
        if progress:
            progress(written)
    cursor.execute(of_generation(statements.FILL_TERMS, generation))
    for statement in statements.CREATE_INDEXES:
        cursor.execute(of_generation(statement, generation))
    cursor.execute(
        statements.SWITCH,
        {"generation": generation, "format": FORMAT_VERSION, "analyzer": ANALYZER_VERSION,
         "version": written},
    )
    return written


def drop_old_generations(url: str) -> None:
    """Drop what is no longer in use, as soon as its last reader is gone; at best now."""
    for _ in range(_DROP_ATTEMPTS):
        with suppress(IndexBusy), transaction(url, statements.BEGIN_WRITING) as cursor:
            marker = marker_in(cursor.execute(statements.READ_MARKER))
            cursor.execute(statements.LOCK_TIMEOUT, [_milliseconds(_DROP_WAIT)])
            old = [name for name in sizes(cursor) if 0 < _generation_of(name) < marker.generation]
            if old:
                cursor.execute(f"DROP TABLE IF EXISTS {', '.join(sorted(old))}")
            return


def _generation_of(name: str) -> int:
    number = name.rpartition("_")[2]
    return int(number) if number.isdigit() else 0


def _batches(documents: Iterable[Document]) -> Iterator[list[Row]]:
    seen: set[str] = set()

    def once() -> Iterator[Row]:
        for document in documents:
            if document.ref not in seen:
                seen.add(document.ref)
                yield row_of(document)

    rows = once()
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _copy(cursor: Cursor, generation: int, rows: Sequence[Row], last: int) -> None:
    """Add rows under the ids after `last`."""
    with cursor.copy(of_generation(statements.COPY_DOCUMENTS, generation)) as copy:
        for number, row in enumerate(rows, last + 1):
            copy.write_row((number, *row.document))
    with cursor.copy(of_generation(statements.COPY_CONTENTS, generation)) as copy:
        copy.set_types(["int8", "bytea", "bytea"])
        for number, row in enumerate(rows, last + 1):
            copy.write_row((number, *row.contents))


def _lock(cursor: Cursor, statement: str, wait: float) -> None:
    cursor.execute(statements.LOCK_TIMEOUT, [_milliseconds(wait)])
    cursor.execute(statement)


def _milliseconds(seconds: float) -> str:
    # 0 would mean to wait for ever.
    return str(max(1, round(seconds * 1000)))
