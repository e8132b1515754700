"""The columns of the index in the memory of a process: immutable segments of ascending ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ..ranking.heads import Heads
from ..ranking.layout import QUALITY_STEPS, SEPARATOR
from ..ranking.postings import NO_POSTINGS, Ids
from ..ranking.segment import FacetTable, Mask
from .rows import title_number


class ColumnSegment:
    """The documents with ids above `after`, as they were when they were read (`READ_COLUMNS`)."""

    def __init__(self, after: int, rows: Sequence[Any]) -> None:
        self.after = after
        self.size = len(rows)
        ids, refs, heads, titles, access, facets, created, quality, lengths = (
            zip(*rows, strict=True) if rows else [()] * 9
        )
        self.ids = np.array(ids, np.int64)
        self.refs: list[str] = list(refs)
        self.heads = Heads(list(heads))
        self.created = np.array(created, np.int64)
        self.quality = np.array(quality, np.float32) / np.float32(QUALITY_STEPS)
        self.lengths = np.array(lengths, np.float32)
        self.text_length = int(self.lengths.sum(dtype=np.float64))
        self._titles = np.array(titles, np.int64)
        self._holders = {"access": _holders(access), "facet": _holders(facets)}
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
            mask[self._holders[field].get(token, NO_POSTINGS.ids)] = True
        return mask

    def facet(self, name: str) -> FacetTable:
        table = self._facets.get(name)
        if table is None:
            prefix = name + SEPARATOR
            holders = self._holders["facet"]
            tokens = sorted(token for token in holders if token.startswith(prefix))
            ids = [holders[token] for token in tokens]
            table = FacetTable(
                values=tuple(token[len(prefix) :] for token in tokens),
                ids=np.concatenate(ids) if ids else NO_POSTINGS.ids,
                codes=np.repeat(np.arange(len(ids), dtype=np.int32), [len(each) for each in ids]),
            )
            self._facets[name] = table
        return table

    @cached_property
    def _ref_hashes(self) -> NDArray[np.int64]:
        return np.fromiter(map(hash, self.refs), np.int64, self.size)


def _holders(values: Iterable[Iterable[str]]) -> dict[str, Ids]:
    """For each token the documents that have it."""
    found: dict[str, list[int]] = {}
    for doc, tokens in enumerate(values):
        for token in tokens:
            found.setdefault(token, []).append(doc)
    return {token: np.array(docs, np.int32) for token, docs in found.items()}
