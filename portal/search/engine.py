"""The interface every search engine fulfils: requests in, permitted hits out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import Literal, Protocol

from .document import Document
from .query import Query
from .synonyms import Synonyms

Sort = Literal["relevance", "newest", "oldest"]
Filters = Mapping[str, tuple[str, ...]]


class SearchUnavailable(Exception):  # noqa: N818  (a state of the engine, not a mistake)
    """The engine cannot answer or take documents now; the records themselves are safe."""


class IndexBusy(SearchUnavailable):
    """Another writer or a rebuild holds the index, or the disk is full; try again later."""


class IndexBroken(SearchUnavailable):
    """The index is missing, damaged or of another format; `rebuild` heals it."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question of one reader.

    Values within a facet of `filters` are alternatives, facets must all hold. `since` and `until`
    are inclusive days of creation in `zone`, narrowed further by the query's own dates; `newest`
    and `oldest` sort by creation. A query without words finds everything permitted, newest first.
    """

    query: Query
    access: frozenset[str]
    filters: Filters = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    limit: int = 10
    offset: int = 0
    sort: Sort = "relevance"
    since: date | None = None
    until: date | None = None
    zone: tzinfo = UTC
    exclude: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document; scores compare within one result only."""

    ref: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The wanted page of hits, and totals over everything this reader may find.

    `facets` counts the values of each asked facet as if its own filter were not set, so it says
    what choosing another value would give.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """`current`: written by today's analyzer (otherwise it answers, but wants a rebuild).
    `healthy`: it can answer at all. `detail` is a code with a short explanation for operators:
    `ok`, `missing`, `damaged`, `format` or, from `check` alone, `unwritable`. `kind` names the
    engine, `built` is the end of the last rebuild where it is known."""

    documents: int
    version: str
    current: bool
    healthy: bool
    size_bytes: int
    detail: str = ""
    kind: str = ""
    built: datetime | None = None


class Engine(Protocol):
    """A full-text index of documents. Every answer holds permitted documents only.

    `synonyms` may be replaced at any time.
    """

    synonyms: Synonyms

    def write(
        self, documents: Iterable[Document], removals: Iterable[str] = (), *, wait: float = 5.0
    ) -> None:
        """Replace documents by ref and drop removals, all or nothing.

        Refuses with IndexBusy after `wait` seconds, with IndexBroken when there is no usable index.
        """

    def search(self, request: SearchRequest) -> SearchResult:
        """The best permitted documents; refuses with IndexBroken."""

    def similar(
        self,
        text: str,
        access: frozenset[str],
        *,
        limit: int = 5,
        exclude: frozenset[str] = frozenset(),
        filters: Filters | None = None,
    ) -> tuple[Hit, ...]:
        """Documents that share the telling words of a text; refuses with IndexBroken."""

    def complete(
        self,
        prefix: str,
        access: frozenset[str],
        *,
        limit: int = 8,
        filters: Filters | None = None,
    ) -> tuple[Hit, ...]:
        """Answers while typing: titles that begin with, contain or sound like it come first."""

    def refs(self) -> frozenset[str]:
        """Every document in the index, for comparing it with the records; refuses with
        IndexBroken."""

    def fingerprints(self) -> Mapping[str, str]:
        """`Document.fingerprint` of every document in the index, by ref; refuses with
        IndexBroken."""

    def rebuild(
        self, documents: Iterable[Document], progress: Callable[[int], None] | None = None
    ) -> int:
        """Write everything into a new index, then switch to it; the old one serves meanwhile.

        Returns the number of documents. Other writers are refused with IndexBusy until it ends.
        """

    def warm(self) -> None:
        """Read what the first questions will need; for the start of a process."""

    def merge(self, *, wait: float = 5.0) -> None:
        """Tidy up after many writes, so that searching stays quick; refuses like `write`."""

    def status(self) -> EngineStatus:
        """Never fails; see EngineStatus."""

    def check(self) -> EngineStatus:
        """Like `status`, but reads all that is stored and tries to write. Never fails."""
