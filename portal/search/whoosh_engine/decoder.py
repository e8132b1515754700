"""Decodes posting lists from Whoosh's own files into NumPy arrays."""

from __future__ import annotations

import io
import pickle
import struct
import zlib

import numpy as np

from ..ranking.postings import Postings
from .library import BufferFile, W3TermInfo


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
