"""How a document is laid out in Whoosh: token fields, and columns read as arrays."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..analyzer import MAX_TOKEN, fold, tokens_of
from ..document import Document
from .library import COLUMN, Existence, FieldType, NumericColumn, Schema, VarBytesColumn

# Raise this whenever fields or columns change: folders of another format are never opened.
FORMAT_VERSION = 1

# The head of a document is `title SEPARATOR tags and names, separated`; searched as it stands.
SEPARATOR = "\x1f"
# Facets are terms of one field: `name SEPARATOR value`.
TAG_FACET = "tag"
QUALITY_STEPS = 255


class Tokens(FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field of ready tokens with their counts; no positions, no stored value."""

    def __init__(self, *, scorable: bool) -> None:
        super().__init__(Existence(), None, scorable=scorable)

    def index(
        self, value: Mapping[str, int], **_: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        for token, count in value.items():
            yield token.encode(), count, float(count), b""


def make_schema() -> Schema:
    return Schema(
        ref=Tokens(scorable=False),
        text=Tokens(scorable=True),
        title=Tokens(scorable=False),
        access=Tokens(scorable=False),
        facet=Tokens(scorable=False),
        key=COLUMN(VarBytesColumn()),
        head=COLUMN(VarBytesColumn()),
        folded=COLUMN(VarBytesColumn()),
        created=COLUMN(NumericColumn("q")),
        quality=COLUMN(NumericColumn("B")),
    )


def title_key(folded_title: str) -> str:
    """A title as it is compared as a whole: letters and digits only."""
    return "".join(filter(str.isalnum, folded_title))[:MAX_TOKEN]


def facet_token(name: str, value: str) -> str:
    return f"{name}{SEPARATOR}{value}"


def _once(tokens: Iterable[str]) -> dict[str, int]:
    return dict.fromkeys((token for token in tokens if token), 1)


def _one_line(text: str) -> str:
    return " ".join(text.replace(SEPARATOR, " ").split())


def fields_of(document: Document) -> dict[str, Any]:
    """The Whoosh fields of a document. Tags and names are searched like its text."""
    title = _one_line(fold(document.title))
    labels = [
        _one_line(fold(label)) for label in (*document.facets.get(TAG_FACET, ()), *document.names)
    ]
    # Separators keep a phrase from matching across the borders of title, body and names.
    text = SEPARATOR.join([title, fold(document.body), *labels])
    return {
        "ref": _once([document.ref]),
        "text": Counter(tokens_of(text)),
        "title": _once([title_key(title)]),
        "access": _once(document.access),
        "facet": _once(
            facet_token(name, value)
            for name, values in document.facets.items()
            for value in values
            if value
        ),
        "key": document.ref.encode(),
        "head": SEPARATOR.join([title, *labels]).encode(),
        "folded": zlib.compress(text.encode("utf-8", "replace"), 3),
        "created": int(document.created.timestamp()),
        "quality": round(min(max(document.quality, 0.0), 1.0) * QUALITY_STEPS),
    }
