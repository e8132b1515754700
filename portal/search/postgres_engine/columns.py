"""The columns of the index in the memory of a process: immutable segments of ascending ids."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..ranking.heads import Heads
from ..ranking.layout import QUALITY_STEPS, SEPARATOR
from ..ranking.postings import NO_POSTINGS, Ids
from ..ranking.segment import FacetTable, Mask
from .rows import title_number

_NOTHING = np.zeros(0, np.int64)


class ColumnSegment:
    """The documents with ids above `after`, as they were when they were read (`READ_COLUMNS`)."""

    def __init__(self, after: int, rows: Iterable[Any]) -> None:
        self.after = after
        self.refs: list[str] = []
        heads: list[str] = []
        numbers = array("q")
        self._holders: dict[str, dict[str, array[int]]] = {"access": {}, "facet": {}}
        # Row by row, because all rows at once take several times the memory of the columns.
        for doc, (number, ref, head, title, access, facets, *others) in enumerate(rows):
            self.refs.append(ref)
            heads.append(head)
            numbers.extend((number, title, *others))
            for field, tokens in (("access", access), ("facet", facets)):
                for token in tokens:
                    self._holders[field].setdefault(token, array("i")).append(doc)
        self.size = len(self.refs)
        self.heads = Heads(heads)
        columns = np.array(numbers).reshape(self.size, -1).T if self.size else [_NOTHING] * 5
        self.ids, self._titles, self.created = (column.copy() for column in columns[:3])
        self.quality = (columns[3] / QUALITY_STEPS).astype(np.float32)
        self.lengths = columns[4].astype(np.float32)
        self.text_length = int(columns[4].sum())
        self._facets: dict[str, FacetTable] = {}

    def numbers_of(self, refs: Iterable[str]) -> Ids:
        found = [
            number for ref in refs for number in np.flatnonzero(self._ref_hashes == hash(ref))
            if self.refs[number] == ref
        ]
        return np.array(found, np.int32)

    def titled(self, key: str) -> Ids:
        return np.flatnonzero(self._titles == title_number(key)).astype(np.int32)

    def mask_of(self, field: Literal["access", "facet"], tokens: Iterable[str]) -> Mask:
        mask = np.zeros(self.size, np.bool_)
        for token in tokens:
            mask[self._ids_of(field, token)] = True
        return mask

    def facet(self, name: str) -> FacetTable:
        table = self._facets.get(name)
        if table is None:
            prefix = name + SEPARATOR
            tokens = sorted(each for each in self._holders["facet"] if each.startswith(prefix))
            ids = [self._ids_of("facet", token) for token in tokens]
            table = FacetTable(
                values=tuple(token[len(prefix) :] for token in tokens),
                ids=np.concatenate(ids) if ids else NO_POSTINGS.ids,
                codes=np.repeat(np.arange(len(ids), dtype=np.int32), [len(each) for each in ids]),
            )
            self._facets[name] = table
        return table

    def _ids_of(self, field: str, token: str) -> Ids:
        """The documents that have a token of a field."""
        return np.frombuffer(self._holders[field].get(token, b""), np.int32)

    @cached_property
    def _ref_hashes(self) -> NDArray[np.int64]:
        return np.fromiter(map(hash, self.refs), np.int64, self.size)
