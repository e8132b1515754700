"""Posting lists as NumPy arrays: a cache of them, and the decoder of Whoosh's own format."""

from __future__ import annotations

import io
import pickle
import struct
import threading
import zlib
from collections import OrderedDict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .library import BufferFile, W3TermInfo

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


def decode_postings(info: W3TermInfo, file: BufferFile) -> Postings:
    """Read the blocks of a posting list (see Whoosh's W3PostingsWriter for the format)."""
    if info.is_inlined():
        ids, weights, _ = info.inlined_postings()
        return Postings(np.array(ids, np.int32), np.array(weights, np.float32))
    start, length = info.extent()
    if isinstance(length, tuple):  # Whoosh forgets to unpack it
        (length,) = length
    data = file.get(start, length)
    blocks = []
    position, is_last = 4, False
    while not is_last:
        (size,) = struct.unpack_from("!i", data, position)
        position += 4
        is_last, size = size < 0, abs(size)
        blocks.append(_decode_block(data[position : position + size]))
        position += size
    if len(blocks) == 1:
        return blocks[0]
    return Postings(
        np.concatenate([block.ids for block in blocks]),
        np.concatenate([block.weights for block in blocks]),
    )


def _decode_block(data: bytes) -> Postings:
    # Whoosh's files are pickles; the folder's marker vouches that we wrote them.
    stream = io.BytesIO(data)
    count, _, _, is_compressed, _, _ = pickle.load(stream)  # noqa: S301
    body = stream.read()
    body = zlib.decompress(body) if is_compressed else body
    gaps, weights, _ = pickle.loads(body)  # noqa: S301
    ids = np.cumsum(np.array(gaps, np.int32), dtype=np.int32)
    if weights is None:
        return Postings(ids, np.ones(count, np.float32))
    if isinstance(weights, float):
        return Postings(ids, np.full(count, weights, np.float32))
    return Postings(ids, np.array(weights, np.float32))
