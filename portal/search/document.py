"""What a search engine is told about one searchable record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Document:
    """One entry of the index; writing the same `ref` again replaces the entry.

    `access` holds the tokens that open it: a reader finds the document when one of their own
    tokens is among them. `quality` is 0..1 and mildly lifts trusted, reused, fresh records.
    `created` and `updated` are aware UTC times.
    """

    ref: str
    title: str
    body: str
    access: frozenset[str]
    facets: Mapping[str, tuple[str, ...]]
    names: tuple[str, ...]
    created: datetime
    updated: datetime
    quality: float = 0.0
