"""Titles, tags and names of a segment as one array of characters, scanned without an index."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .schema import SEPARATOR

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
        borders = np.flatnonzero((self.codes == ord(SEPARATOR)) | (self.codes == ord(_END)))
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

    def documents_at(self, positions: Positions) -> Positions:
        return np.searchsorted(self.starts, positions, side="right") - 1

    def in_title(self, positions: Positions, documents: Positions) -> NDArray[np.bool_]:
        return positions < self.title_ends[documents]

    def text_at(self, start: int, length: int) -> str:
        return self.codes[start : start + length].tobytes().decode("utf-16-le", "replace")
