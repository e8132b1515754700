"""One question's view of the index: columns from memory, words from its transaction's tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..engine import IndexBroken
from ..ranking.layout import unpack_text
from ..ranking.postings import Ids
from ..ranking.segment import Mask
from ..ranking.snapshot import Snapshot
from ..ranking.units import Found, Unit
from . import statements
from .candidates import Candidates, choose_sources
from .connections import Cursor
from .current import Columns
from .rows import quoted
from .statements import of_generation

Positions = NDArray[np.int64]
# A single frequent character begins thousands of pairs; the first ones must do.
_MAX_EXPANSIONS = 1500
_LAST_CHARACTER = "\U0010ffff"


class PostgresSnapshot(Snapshot):
    """Positions count the documents of all views on; ids are the tables' own numbers."""

    def __init__(self, cursor: Cursor, columns: Columns) -> None:
        super().__init__(columns.views)
        self._cursor = cursor
        self._cache = columns.cache
        self.marker = columns.marker
        sizes = [segment.size for segment in columns.segments]
        self.starts = np.cumsum([0, *sizes])
        self._ids = np.concatenate([segment.ids for segment in columns.segments])
        self._known: dict[str, int] = {}

    def frequencies(self, tokens: Collection[str]) -> dict[str, int]:
        unknown = [token for token in tokens if token not in self._known]
        if unknown:
            self._known.update(dict.fromkeys(unknown, 0))
            self._known.update(self._ask(statements.FREQUENCIES, [unknown]))
        return {token: self._known[token] for token in tokens if self._known[token]}

    def pairs_of(self, firsts: str, seconds: str) -> list[str]:
        return sorted(self.frequencies([first + second for first in firsts for second in seconds]))

    def find_all(
        self, units: Iterable[Unit], among: Sequence[Mask], wanted: Sequence[Mask]
    ) -> dict[Unit, Found]:
        units = list(dict.fromkeys(units))
        frequencies = self.frequencies(
            list(dict.fromkeys(token for unit in units for token in unit.tokens))
        )
        held = [
            unit for unit in units
            if unit.prefix or all(token in frequencies for token in unit.tokens)
        ]
        held, holders = self._sources(held, frequencies, np.concatenate(among))
        candidates = Candidates(self, holders, among, wanted)
        return candidates.find(units, held, frequencies)

    def _sources(
        self, held: list[Unit], frequencies: Mapping[str, int], among: Mask
    ) -> tuple[list[Unit], dict[Unit, Positions]]:
        """The units that count, and the holders of those whose holders are the candidates. A unit
        that hidden documents hold alone neither counts nor takes the place of another."""
        known: dict[Unit, Positions] = {}
        while True:
            sources = choose_sources(held, frequencies, self.documents)
            unknown = [unit for unit in sources if unit not in known]
            known.update(zip(unknown, self.positions_of(unknown), strict=True))
            hidden = {unit for unit in sources if not among[known[unit]].any()}
            if not hidden:
                return held, {unit: known[unit] for unit in sources}
            held = [unit for unit in held if unit not in hidden]

    def holders_of(self, units: Sequence[Unit]) -> list[list[Ids]]:
        return [self.by_view(positions) for positions in self.positions_of(units)]

    def positions_of(self, units: Sequence[Unit]) -> list[Positions]:
        """The positions of exactly the documents that hold each unit, ascending."""
        if not units:
            return []
        found = self._ask(statements.HOLDERS, [[_tsquery(unit) for unit in units]])
        return [self._positions(np.frombuffer(ids or b"", ">i8")) for (ids,) in found]

    def tokens_from(self, prefix: str) -> list[str]:
        """The first tokens that begin with a prefix."""
        asked = {"prefix": prefix, "end": prefix + _LAST_CHARACTER, "most": _MAX_EXPANSIONS}
        return [token for (token,) in self._ask(statements.TOKENS_FROM, asked)]

    def counts(self, positions: Positions) -> list[bytes]:
        """The packed term counts of some documents, in their order."""
        ids = self._ids[positions].tolist()
        known = self._cache.get(ids)
        unknown = [number for number in ids if number not in known]
        if unknown:
            read = dict(zip(unknown, self._contents(statements.COUNTS, unknown), strict=True))
            self._cache.put(read)
            known.update(read)
        return [known[number] for number in ids]

    def texts(self, number: int, docs: Ids) -> list[str]:
        ids = self._ids[docs + self.starts[number]].tolist()
        return [unpack_text(text) for text in self._contents(statements.TEXTS, ids)]

    def fingerprints(self) -> dict[str, str]:
        """Of all documents, by ref."""
        return dict(self._ask(statements.READ_FINGERPRINTS))

    def by_view(self, positions: Positions) -> list[Ids]:
        """Ascending positions as numbers within each view."""
        borders = np.searchsorted(positions, self.starts)
        return [
            (positions[borders[number] : borders[number + 1]] - start).astype(np.int32)
            for number, start in enumerate(self.starts[:-1])
        ]

    def _positions(self, ids: NDArray[np.int64]) -> Positions:
        positions = np.searchsorted(self._ids, ids)
        positions = positions[positions < len(self._ids)]
        return positions[self._ids[positions] == ids[: len(positions)]]

    def _contents(self, statement: str, ids: list[int]) -> list[bytes]:
        # Written out as text: the driver takes longer for a list than the server for the answer.
        written = "{" + ",".join(map(str, ids)) + "}"
        found = self._ask(statement, [written]) if ids else []
        if len(found) != len(ids):
            raise IndexBroken("damaged: documents without contents")
        return [content for (content,) in found]

    def _ask(self, statement: str, asked: Any = None) -> list[Any]:
        statement = of_generation(statement, self.marker.generation)
        # Binary, because most of what is read is bytes and numbers.
        return self._cursor.execute(statement, asked, binary=True).fetchall()


def _tsquery(unit: Unit) -> str:
    """A unit as PostgreSQL's full text search is asked for it."""
    if unit.prefix:
        return quoted(unit.tokens[0]) + ":*"
    return " & ".join(map(quoted, unit.tokens))
