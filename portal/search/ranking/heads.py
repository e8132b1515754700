"""Titles, tags and names of a segment as one array of characters, scanned without an index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .layout import SEPARATOR

Positions = NDArray[np.int64]
_END = "\x1e"


def code_units(text: str) -> NDArray[np.uint16]:
    """UTF-16 units: two bytes a character, and rare characters still compare exactly."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


class Heads:
    """The heads of all documents of a segment, in order."""

    def __init__(self, heads: list[str]) -> None:
        self.codes = code_units("".join(head.replace(_END, " ") + _END for head in heads))
        ends = np.flatnonzero(self.codes == ord(_END)).astype(np.int32)
        self.starts = np.concatenate([np.zeros(1, np.int32), ends[:-1] + 1])[: len(ends)]
        self._borders = (self.codes == ord(SEPARATOR)) | (self.codes == ord(_END))
        borders = np.flatnonzero(self._borders)
        self.title_ends = borders[np.searchsorted(borders, self.starts)].astype(np.int32)

    def find(self, folded: str) -> Positions:
        """Every position at which a folded text stands."""
        wanted = code_units(folded)
        if not len(wanted) or len(wanted) > len(self.codes):
            return np.zeros(0, np.int64)
        last = len(self.codes) - len(wanted) + 1
        positions = np.flatnonzero(self.codes[:last] == wanted[0])
        for offset, unit in enumerate(wanted[1:], 1):
            if not len(positions):
                break
            positions = positions[self.codes[positions + offset] == unit]
        return positions

    def find_sounds(self, tables: Sequence[NDArray[np.bool_]]) -> Positions:
        """Every position where each next character is in the next lookup table."""
        last = len(self.codes) - len(tables) + 1
        if last <= 0:
            return np.zeros(0, np.int64)
        positions = np.flatnonzero(tables[0][self.codes[:last]])
        for offset, table in enumerate(tables[1:], 1):
            positions = positions[table[self.codes[positions + offset]]]
        return positions

    def title_of(self, doc: int) -> str:
        """The folded title of a document."""
        codes = self.codes[self.starts[doc] : self.title_ends[doc]]
        return codes.tobytes().decode("utf-16-le", "replace")

    def documents_at(self, positions: Positions) -> Positions:
        return np.searchsorted(self.starts, positions, side="right") - 1

    def in_title(self, positions: Positions, documents: Positions) -> NDArray[np.bool_]:
        return positions < self.title_ends[documents]

    def texts_at(self, positions: Positions, length: int) -> dict[str, int]:
        """The different texts of this length at some positions, and how often each stands there."""
        if not len(positions):
            return {}
        windows = np.ascontiguousarray(self.codes[positions[:, None] + np.arange(length)])
        rows = windows.view(np.dtype((np.void, 2 * length))).ravel()
        texts, counts = np.unique(rows, return_counts=True)
        return {
            text.tobytes().decode("utf-16-le", "replace"): int(count)
            for text, count in zip(texts, counts, strict=True)
        }

    def whole_labels(self, positions: Positions, length: int) -> Positions:
        """Those positions at which a whole title, tag or name of this length stands."""
        before = self._borders[np.maximum(positions - 1, 0)] | (positions == 0)
        whole: Positions = positions[before & self._borders[positions + length]]
        return whole
