"""What ranking asks of an immutable part of an index, whichever engine keeps it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from .heads import Heads
from .postings import Ids, Weights

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetTable:
    """The values of one facet, and every (document, value) pair as two arrays."""

    values: tuple[str, ...]
    ids: Ids
    codes: Ids

    def counts(self, mask: Mask) -> NDArray[np.int64]:
        return np.bincount(self.codes[mask[self.ids]], minlength=len(self.values))


class Segment(Protocol):
    """Documents numbered from 0, as columns; safe for many threads."""

    size: int
    text_length: int

    @property
    def lengths(self) -> Weights:
        """Tokens of each document."""

    @property
    def created(self) -> NDArray[np.int64]:
        """Seconds since 1970."""

    @property
    def quality(self) -> Weights:
        """0..1."""

    @property
    def refs(self) -> list[str]: ...

    @property
    def heads(self) -> Heads: ...

    def numbers_of(self, refs: Iterable[str]) -> Ids:
        """Documents with one of these refs, old versions included."""

    def titled(self, key: str) -> Ids:
        """Documents with this title key."""

    def facet(self, name: str) -> FacetTable: ...

    def mask_of(self, field: Literal["access", "facet"], tokens: Iterable[str]) -> Mask:
        """Which documents hold at least one of the tokens."""
