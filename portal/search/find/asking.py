"""Questions of a person to the engine."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from portal.core import clock
from portal.people.rules import Actor
from portal.search.engine import Hit, SearchRequest, SearchUnavailable, Sort
from portal.search.find.facets import FACETS, worded
from portal.search.find.fields import read_fields
from portal.search.find.hits import SNIPPET, cards_of, shown
from portal.search.find.names import named
from portal.search.find.results import Question, Results
from portal.search.highlight import Reading
from portal.search.indexer import suspect
from portal.search.matching import matcher
from portal.search.query import Note
from portal.search.sources import Card, is_by_name
from portal.search.vocabulary.current import engine

# Who looks for a person among more than these types another sign.
MOST_NAMED = 200


def search(
    actor: Actor, text: str, *, filters: Mapping[str, tuple[str, ...]] | None = None,
    limit: int = 20, offset: int = 0, sort: Sort = "relevance", archive: bool = False,
    since: date | None = None, until: date | None = None, facets: Sequence[str] = FACETS,
    scope: str = "library",
) -> Results:
    """What this person may find. Never raises for a query, however it is written."""
    question = Question(text, dict(filters or {}), sort, archive, since, until, scope)
    return ask(actor, question, limit=limit, offset=offset, facets=facets)


def ask(
    actor: Actor, question: Question, *, limit: int = 20, offset: int = 0,
    facets: Sequence[str] = FACETS, with_places: bool = False,
) -> Results:
    """The answer to a question; `with_places` looks where in its records each hit says it."""
    query = question.query
    if query.words and is_by_name(question.scope):
        return _ask_names(actor, question, limit, offset)
    fields = read_fields(actor, query, question.filters)
    request = SearchRequest(
        query=query, access=tokens_of(actor, question.archive),
        filters={**fields.filters, "scope": (question.scope,)},
        facets=(*facets, "scope") if facets else (), limit=limit, offset=offset,
        sort=question.sort, since=question.since, until=question.until, zone=clock.zone(),
    )
    notes = (*query.notes, *_dates_that_exclude(question), *fields.notes)
    try:
        result = engine().search(request)
    except SearchUnavailable as reason:
        suspect(reason)
        return Results(query, broken=True, notes=notes)
    counts = dict(result.facets)
    scopes = counts.pop("scope", {})
    return Results(
        query, shown(actor, query, result.hits, with_places=with_places), result.total,
        worded(actor, counts, question.filters), notes=notes, scopes=scopes,
    )


def _ask_names(actor: Actor, question: Question, limit: int, offset: int) -> Results:
    """Where there are names alone, a surname by its sound is an answer too."""
    query = question.query
    wanted = matcher(query, engine().synonyms, typing=True)
    try:
        found = named(actor, wanted, query.text, question.scope, MOST_NAMED)
    except SearchUnavailable as reason:
        suspect(reason)
        return Results(query, broken=True, notes=query.notes)
    page = [
        replace(each, snippet=Reading(each.card.text, wanted).passage(SNIPPET))
        for each in found[offset : offset + limit]
    ]
    return Results(query, page, len(found), notes=query.notes)


def count(actor: Actor, question: Question) -> int:
    """How much this person would find; nothing while the engine cannot answer."""
    return ask(actor, question, limit=1, facets=()).total


def similar(
    actor: Actor, text: str, *, limit: int = 5, exclude: Collection[str] = ()
) -> list[Card]:
    """Records of the library that speak of the same."""
    hits = similar_hits(actor, text, limit=limit, exclude=exclude)
    cards = cards_of(actor, hits)
    return [cards[hit.ref] for hit in hits if hit.ref in cards]


def similar_hits(
    actor: Actor, text: str, *, limit: int = 5, exclude: Collection[str] = ()
) -> Sequence[Hit]:
    """The same without their cards, for who asks the database anyway who may read them."""
    try:
        return engine().similar(
            text, tokens_of(actor), limit=limit, exclude=frozenset(exclude),
            filters={"scope": ("library",)},
        )
    except SearchUnavailable as reason:
        suspect(reason)
        return ()


def tokens_of(actor: Actor, archive: bool = False) -> frozenset[str]:
    """What the actor shows at the door; archived records have doors of their own."""
    if not archive:
        return actor.tokens
    return actor.tokens | {f"archived:{token}" for token in actor.tokens}


def _dates_that_exclude(question: Question) -> list[Note]:
    """What is told when the dates of address and query together leave no day."""
    query = question.query
    since = max((day for day in (question.since, query.since) if day), default=None)
    until = min((day for day in (question.until, query.until) if day), default=None)
    told = any(note.code == "empty_range" for note in query.notes)
    if since and until and since > until and not told:
        return [Note("empty_range", f"{since} > {until}")]
    return []
