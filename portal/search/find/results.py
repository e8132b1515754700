"""Plain values: what a person asks, and what a page shows of the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.search.engine import Filters, Sort
from portal.search.highlight import Fragment
from portal.search.query import Note, Query, parse
from portal.search.sources import Card


@dataclass(frozen=True)
class Question:
    """Everything that an address of the results page asks for."""

    text: str
    filters: Filters = field(default_factory=dict)
    sort: Sort = "relevance"
    archive: bool = False
    since: date | None = None
    until: date | None = None
    scope: str = "library"

    @property
    def query(self) -> Query:
        return parse(self.text)

    @property
    def is_narrowed(self) -> bool:
        """Whether filters beside the words leave something out."""
        return bool(self.filters or self.since or self.until)


@dataclass(frozen=True)
class Place:
    """Where a record says what was asked: "title", "text", "tag", "author", or the place of a
    `Passage`. `label` names the tag, the person or the file."""

    where: str
    label: str = ""


@dataclass(frozen=True)
class Found:
    """One hit as the page shows it; `url` leads to the passage that the snippet was cut from."""

    card: Card
    title: Sequence[Fragment]
    snippet: Sequence[Fragment]
    score: float
    places: Sequence[Place] = ()
    url: str = ""


@dataclass(frozen=True)
class Value:
    """A facet value with its word, its count, and whether it is chosen."""

    code: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Results:
    """A page of results. `broken` says that the index cannot answer at the moment.

    `notes` tell which parts of the query could not be used; `scopes` counts what every scope holds.
    """

    query: Query
    found: Sequence[Found] = ()
    total: int = 0
    facets: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    broken: bool = False
    notes: Sequence[Note] = ()
    scopes: Mapping[str, int] = field(default_factory=dict)
