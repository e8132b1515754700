"""A document as rows of the engine's tables."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from ..document import Document
from ..ranking.layout import entry_of, pack_text

# Raise this whenever the tables or what their columns mean change.
FORMAT_VERSION = 1

# One token of a document: its hash, the lower half of that, and how often it stands there.
COUNTS = np.dtype({
    "names": ["hash", "low", "count"], "formats": ["<u4", "<u2", "u1"], "offsets": [0, 0, 4],
    "itemsize": 5,
})
_MOST_COUNTED = 255
# PostgreSQL holds a megabyte of different tokens for one document; rarer ones of a longer text
# (some 150,000 different words) are left out.
_MOST_TOKEN_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """What a document becomes, without its id."""

    ref: str
    document: tuple[object, ...]
    contents: tuple[bytes, bytes]


def row_of(document: Document) -> Row:
    entry = entry_of(document)
    tokens = _that_fit(entry.tokens)
    return Row(
        entry.ref,
        (
            _clean(entry.ref), document.fingerprint, _clean(entry.head), title_number(entry.title),
            [_clean(token) for token in entry.access], [_clean(token) for token in entry.facets],
            entry.created, entry.quality, sum(tokens.values()), " ".join(map(quoted, tokens)),
        ),
        (pack_counts(tokens), pack_text(entry.text)),
    )


def title_number(key: str) -> int:
    """A title key as 64 bits: whole titles are compared as an array of numbers."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def quoted(token: str) -> str:
    """A token as it is written inside a tsvector or tsquery."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def hashes_of(tokens: Iterable[str]) -> NDArray[np.uint32]:
    """Tokens as they are named in packed counts. Two of a question's tokens and a document's
    coincide once in ten million documents, and then only a score is wrong."""
    return np.fromiter((zlib.crc32(token.encode()) for token in tokens), np.uint32)


def pack_counts(tokens: Counter[str]) -> bytes:
    """How often a document holds each token, as COUNTS reads it."""
    packed = np.zeros(len(tokens), COUNTS)
    packed["hash"] = hashes_of(tokens)
    packed["count"] = np.fromiter(tokens.values(), np.int64).clip(max=_MOST_COUNTED)
    return packed.tobytes()


def _that_fit(tokens: Counter[str]) -> Counter[str]:
    if sum(len(token.encode()) for token in tokens) <= _MOST_TOKEN_BYTES:
        return tokens
    room, kept = _MOST_TOKEN_BYTES, Counter[str]()
    for token, count in tokens.most_common():
        room -= len(token.encode())
        if room < 0:
            break
        kept[token] = count
    return kept


def _clean(text: str) -> str:
    """PostgreSQL stores every character but these."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()
