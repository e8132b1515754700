"""What of a document is indexed: its tokens, its head, and the values it can be filtered by."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..analyzer import MAX_TOKEN, fold, tokens_of
from ..document import Document

# The head of a document is `title SEPARATOR tags and names, separated`; searched as it stands.
SEPARATOR = "\x1f"
TAG_FACET = "tag"
QUALITY_STEPS = 255
_COMPRESSION = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as every engine stores it. `text` is all that can be found in it, folded."""

    ref: str
    tokens: Counter[str]
    title: str
    access: frozenset[str]
    facets: tuple[str, ...]
    head: str
    text: str
    created: int
    quality: int


def entry_of(document: Document) -> Entry:
    """What is indexed of a document. Tags and names are searched like its text."""
    title = _one_line(fold(document.title))
    labels = [
        _one_line(fold(label)) for label in (*document.facets.get(TAG_FACET, ()), *document.names)
    ]
    # Separators keep a phrase from matching across the borders of title, body and names.
    text = SEPARATOR.join([title, fold(document.body), *labels])
    return Entry(
        ref=document.ref,
        tokens=Counter(tokens_of(text)),
        title=title_key(title),
        access=frozenset(filter(None, document.access)),
        facets=tuple(_facet_tokens(document)),
        head=SEPARATOR.join([title, *labels]),
        text=text,
        created=int(document.created.timestamp()),
        quality=round(min(max(document.quality, 0.0), 1.0) * QUALITY_STEPS),
    )


def title_key(folded_title: str) -> str:
    """A title as it is compared as a whole: letters and digits only."""
    return "".join(filter(str.isalnum, folded_title))[:MAX_TOKEN]


def facet_token(name: str, value: str) -> str:
    """Facets are terms of one field: `name SEPARATOR value`."""
    return f"{name}{SEPARATOR}{value}"


def pack_text(text: str) -> bytes:
    """A folded text as it is stored for literal phrases."""
    return zlib.compress(text.encode("utf-8", "replace"), _COMPRESSION)


def unpack_text(packed: bytes) -> str:
    return zlib.decompress(packed).decode()


def _facet_tokens(document: Document) -> Iterable[str]:
    return dict.fromkeys(
        facet_token(name, value)
        for name, values in document.facets.items()
        for value in values
        if value
    )


def _one_line(text: str) -> str:
    return " ".join(text.replace(SEPARATOR, " ").split())
