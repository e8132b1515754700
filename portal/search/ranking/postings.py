"""Posting lists as NumPy arrays, and a bounded cache of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int32]
Weights = NDArray[np.float32]


class Postings(NamedTuple):
    """The documents of a term in ascending order, and how often each holds it."""

    ids: Ids
    weights: Weights


NO_POSTINGS = Postings(np.zeros(0, np.int32), np.zeros(0, np.float32))


class PostingsCache:
    """The most recently used postings of all segments, bounded by their number of entries."""

    def __init__(self, max_entries: int) -> None:
        self._max_entries = max_entries
        self._entries = 0
        self._items: OrderedDict[tuple[str, ...], Postings] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...]) -> Postings | None:
        with self._lock:
            found = self._items.get(key)
            if found is not None:
                self._items.move_to_end(key)
            return found

    def put(self, key: tuple[str, ...], postings: Postings) -> None:
        # Sixteen entries stand for what an item costs beyond its arrays.
        with self._lock:
            if key in self._items:
                return
            self._items[key] = postings
            self._entries += len(postings.ids) + 16
            while self._entries > self._max_entries and len(self._items) > 1:
                _, dropped = self._items.popitem(last=False)
                self._entries -= len(dropped.ids) + 16

    def clear(self) -> None:
        with self._lock:
            self._items.clear()
            self._entries = 0
