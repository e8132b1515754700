"""Keeps the columns of the newest version at hand; reads what is newer than the last look."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..ranking.snapshot import View, make_views
from . import statements
from .cache import CountsCache
from .columns import ColumnSegment
from .connections import Cursor
from .statements import of_generation
from .tables import REMEMBERED, Marker

# A segment is read again together with the newer one once that one has this share of its size:
# there are never many, and each document is read again a few times only.
_SHARE = 8
# About 15,000 documents of a page each.
_CACHE_BYTES = 24 << 20


@dataclass(frozen=True)
class Columns:
    """All segments at one version, the oldest first; what was removed of them; counts that were
    asked for while this generation is in use."""

    marker: Marker
    segments: tuple[ColumnSegment, ...]
    removed: frozenset[int]
    views: tuple[View, ...]
    cache: CountsCache


class CurrentColumns:
    """The newest columns that this process has read, for all its threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Replaced as a whole, so that threads always see values that belong together.
        self._columns: Columns | None = None

    def at(self, cursor: Cursor, marker: Marker) -> Columns | None:
        """The columns of exactly this version; None when another thread has already newer ones
        than this transaction can see."""
        columns = self._columns
        if columns is None or columns.marker != marker:
            with self._lock:
                columns = self._columns
                if columns is None or _is_newer(marker, columns.marker):
                    columns = self._columns = _read(cursor, marker, columns)
        return columns if columns.marker == marker else None

    def forget(self) -> None:
        """Begin anew: the database may have gone back to an older state, as from a backup."""
        self._columns = None


def _is_newer(marker: Marker, than: Marker) -> bool:
    return (marker.built, marker.version) > (than.built, than.version)


def _read(cursor: Cursor, marker: Marker, before: Columns | None) -> Columns:
    segments: list[ColumnSegment] = []
    removed: frozenset[int] = frozenset()
    known, cache = 0, CountsCache(_CACHE_BYTES)
    if (
        before
        and before.marker.built == marker.built
        and marker.version - before.marker.version < REMEMBERED
    ):
        segments, known = list(before.segments), before.marker.version
        removed, cache = before.removed | _removed(cursor, marker, known), before.cache
    newest = _segment(cursor, marker, known)
    after, size = known, newest.size
    while segments and size * _SHARE >= segments[-1].size:
        older = segments.pop()
        after, size = older.after, size + older.size
    if after != known:
        newest = _segment(cursor, marker, after)
    if newest.size or not segments:
        segments.append(newest)
    removed = frozenset(number for number in removed if number <= newest.after)
    deleted = np.array(sorted(removed), np.int64)
    views = make_views([(segment, _positions(segment, deleted)) for segment in segments])
    return Columns(marker, tuple(segments), removed, tuple(views), cache)


def _segment(cursor: Cursor, marker: Marker, after: int) -> ColumnSegment:
    statement = of_generation(statements.READ_COLUMNS, marker.generation)
    return ColumnSegment(
        after, cursor.execute(statement, {"after": after, "last": marker.version}, binary=True)
    )


def _removed(cursor: Cursor, marker: Marker, after: int) -> frozenset[int]:
    statement = of_generation(statements.READ_REMOVED, marker.generation)
    rows: list[Any] = cursor.execute(statement, {"after": after}).fetchall()
    return frozenset(number for (number,) in rows)


def _positions(segment: ColumnSegment, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where some ids stand in a segment, as far as they do."""
    return np.flatnonzero(np.isin(segment.ids, ids)) if len(ids) else np.zeros(0, np.int64)
