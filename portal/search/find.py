"""Asking the engine on behalf of a person, and turning its answers into cards."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from portal.core import clock
from portal.people.rules import Actor
from portal.search.engine import Hit, SearchRequest, SearchResult, SearchUnavailable
from portal.search.highlight import mark, snippet
from portal.search.indexer import engine
from portal.search.query import Query, parse
from portal.search.sources import Card, by_source, installed

FACETS = ("kind", "stage", "industry", "product", "tag", "language")
SNIPPET = 140
MOST_VALUES = 12


@dataclass(frozen=True)
class Found:
    """One hit as the page shows it."""

    card: Card
    title: Sequence[Any]
    snippet: Sequence[Any]
    score: float


@dataclass(frozen=True)
class Value:
    """A facet value with its word, its count, and whether it is chosen."""

    code: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Results:
    """A page of results. `broken` says that the index cannot answer at the moment."""

    query: Query
    found: Sequence[Found] = ()
    total: int = 0
    facets: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    broken: bool = False


def search(
    actor: Actor, text: str, *, filters: Mapping[str, tuple[str, ...]] | None = None,
    limit: int = 20, offset: int = 0, sort: str = "relevance", archive: bool = False,
    since: date | None = None, until: date | None = None, facets: Sequence[str] = FACETS,
) -> Results:
    """What this person may find. Never raises for a query, however it is written."""
    query = parse(text)
    chosen = dict(filters or {})
    wanted = _with_typed_fields(query, chosen)
    request = SearchRequest(
        query=query, access=tokens_of(actor, archive), filters=wanted, facets=tuple(facets),
        limit=limit, offset=offset, sort=sort,  # type: ignore[arg-type]
        since=since, until=until, zone=clock.zone(),
    )
    try:
        result = engine().search(request)
    except SearchUnavailable:
        return Results(query, broken=True)
    return Results(
        query, _found(actor, query, result.hits), result.total, _facets(actor, result, chosen)
    )


def suggest(actor: Actor, text: str, limit: int = 8) -> list[Found]:
    """Answers while typing: titles first."""
    query = parse(text)
    try:
        hits = engine().complete(text, tokens_of(actor), limit=limit)
    except SearchUnavailable:
        return []
    return _found(actor, query, hits, with_snippets=False)


def similar(
    actor: Actor, text: str, *, limit: int = 5, exclude: Collection[str] = ()
) -> list[Card]:
    """Records that speak of the same."""
    try:
        hits = engine().similar(
            text, tokens_of(actor), limit=limit, exclude=frozenset(exclude)
        )
    except SearchUnavailable:
        return []
    cards = _cards(actor, hits)
    return [cards[hit.ref] for hit in hits if hit.ref in cards]


def tokens_of(actor: Actor, archive: bool = False) -> frozenset[str]:
    """What the actor shows at the door; archived records have doors of their own."""
    if not archive:
        return actor.tokens
    return actor.tokens | {f"archived:{token}" for token in actor.tokens}


def _with_typed_fields(
    query: Query, chosen: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Words typed as `tag:…` narrow like chosen facets; a word nobody knows finds nothing.

    Typed and chosen values must both hold. A record has several tags, and an engine takes those
    of a filter as alternatives: there the typed ones count.
    """
    wanted = dict(chosen)
    for name, words in query.fields.items():
        codes = {
            code for word in words for source in installed() for code in source.resolve(name, word)
        }
        if name in chosen and name != "tag":
            codes &= set(chosen[name])
        wanted[name] = tuple(sorted(codes)) or ("",)
    return wanted


def _cards(actor: Actor, hits: Sequence[Hit]) -> dict[str, Card]:
    """Cards by reference; the database has the last word on who may read."""
    cards: dict[str, Card] = {}
    for source, ids in by_source(hit.ref for hit in hits).items():
        for card in source.cards(actor, ids).values():
            cards[card.ref] = card
    return cards


def _found(
    actor: Actor, query: Query, hits: Sequence[Hit], *, with_snippets: bool = True
) -> list[Found]:
    cards = _cards(actor, hits)
    return [
        Found(
            card=cards[hit.ref], title=mark(cards[hit.ref].title, query),
            snippet=snippet(cards[hit.ref].text, query, width=SNIPPET) if with_snippets else (),
            score=hit.score,
        )
        for hit in hits
        if hit.ref in cards
    ]


def _facets(
    actor: Actor, result: SearchResult, chosen: Mapping[str, tuple[str, ...]]
) -> dict[str, list[Value]]:
    found: dict[str, list[Value]] = {}
    for name, counts in result.facets.items():
        picked = chosen.get(name, ())
        top = sorted(counts, key=lambda code: (code not in picked, -counts[code], code))
        codes = [*top[:MOST_VALUES], *(code for code in picked if code not in counts)]
        labels: dict[str, str] = {}
        for source in installed():
            labels.update(source.labels(actor, name, codes))
        values = [
            # A chosen value stays, so that it can be lifted, whether it exists or not.
            Value(code, labels.get(code, code), counts.get(code, 0), code in picked)
            for code in codes if code in labels or code in picked
        ]
        if values:
            found[name] = values
    return found

