"""What a search engine is told about one searchable record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b


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

    @property
    def fingerprint(self) -> str:
        """Equal for what the same people find by the same words. Without `quality`, which changes
        from one day to the next."""
        facets = sorted((name, *sorted(values)) for name, values in self.facets.items() if values)
        content = (self.ref, self.title, self.body, sorted(self.access), facets,
                   sorted(self.names), self.created.timestamp())
        return blake2b(repr(content).encode("utf-8", "replace"), digest_size=8).hexdigest()
