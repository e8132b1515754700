"""How a document is laid out in Whoosh: token fields, and columns read as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..document import Document
from ..ranking.layout import entry_of, pack_text
from .library import COLUMN, Existence, FieldType, NumericColumn, Schema, VarBytesColumn

# Raise this whenever fields or columns change: folders of another format are never opened.
FORMAT_VERSION = 2


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
        fingerprint=COLUMN(VarBytesColumn()),
        head=COLUMN(VarBytesColumn()),
        folded=COLUMN(VarBytesColumn()),
        created=COLUMN(NumericColumn("q")),
        quality=COLUMN(NumericColumn("B")),
    )


def fields_of(document: Document) -> dict[str, Any]:
    """The Whoosh fields of a document."""
    entry = entry_of(document)
    return {
        "ref": _once([entry.ref]),
        "text": entry.tokens,
        "title": _once([entry.title]),
        "access": _once(entry.access),
        "facet": _once(entry.facets),
        "key": entry.ref.encode(),
        "fingerprint": bytes.fromhex(document.fingerprint),
        "head": entry.head.encode(),
        "folded": pack_text(entry.text),
        "created": entry.created,
        "quality": entry.quality,
    }


def _once(tokens: Iterable[str]) -> dict[str, int]:
    return dict.fromkeys((token for token in tokens if token), 1)
