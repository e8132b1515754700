"""What is offered under the search box: queries, titles, tags and people."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core import clock, pinyin
from portal.people.rules import Actor
from portal.search.analyzer import fold
from portal.search.engine import Hit, SearchRequest, SearchUnavailable
from portal.search.find.asking import tokens_of
from portal.search.find.fields import read_fields
from portal.search.find.hits import marked_briefs
from portal.search.find.names import named
from portal.search.find.results import Found, Value
from portal.search.highlight import Fragment, Reading
from portal.search.indexer import suspect
from portal.search.log import queries as log
from portal.search.matching import Matcher, matcher
from portal.search.query import Query, parse
from portal.search.sources import installed, scopes
from portal.search.vocabulary.current import engine

RECENT, POPULAR = 6, 5
# While somebody types, what they look for is likelier a title than an earlier question.
RECENT_MATCHING, POPULAR_MATCHING = 2, 2
TITLES, PEOPLE, TAGS, CUSTOMERS = 6, 3, 3, 4
# So many earlier queries are looked through for those that hold the typed text.
LOOKED_THROUGH = 30


@dataclass(frozen=True)
class Suggestions:
    """Groups of suggestions in the order of the page; empty ones are not shown."""

    recent: Sequence[str] = ()
    popular: Sequence[str] = ()
    titles: Sequence[Found] = ()
    tags: Sequence[tuple[Value, Sequence[Fragment]]] = ()
    people: Sequence[Found] = ()
    customers: Sequence[Found] = ()


def suggest(actor: Actor, text: str) -> Suggestions:
    """What this person may mean: with an empty text what was asked before, then all groups."""
    try:
        return _while_typing(actor, text) if text else _at_first(actor)
    except SearchUnavailable as reason:
        suspect(reason)
        return Suggestions()


def _at_first(actor: Actor) -> Suggestions:
    recent = log.recent(actor.id, RECENT)
    return Suggestions(recent, _popular(actor, recent, POPULAR))


def _while_typing(actor: Actor, text: str) -> Suggestions:
    query = parse(text)
    wanted = matcher(query, engine().synonyms, typing=True)
    folded = fold(text)
    recent = [
        each for each in log.recent(actor.id, LOOKED_THROUGH) if _continues(folded, each)
    ][:RECENT_MATCHING]
    return Suggestions(
        recent=recent, popular=_popular(actor, recent, POPULAR_MATCHING, folded),
        titles=_titles(actor, wanted, query), tags=_tags(actor, wanted, query),
        people=named(actor, wanted, text, "people", PEOPLE),
        customers=named(actor, wanted, text, "customers", CUSTOMERS)
        if "customers" in scopes(actor) else (),
    )


def _continues(wanted: str, earlier: str) -> bool:
    """Whether an earlier query holds the typed text and says more."""
    folded = fold(earlier)
    return wanted in folded and wanted != folded


def _popular(
    actor: Actor, taken: Sequence[str], most: int, wanted: str = ""
) -> list[str]:
    """Queries that several people asked, as far as this person can find what they speak of."""
    known = {fold(each) for each in taken}
    found: list[str] = []
    for each in log.popular(LOOKED_THROUGH):
        if len(found) == most:
            break
        fits = _continues(wanted, each) if wanted else True
        if fits and fold(each) not in known and _is_answered(actor, each):
            found.append(each)
    return found


def _is_answered(actor: Actor, text: str) -> bool:
    """Whether one record that the person may read holds every word as it is written: by words
    that stand only in hidden records a query would tell of them."""
    query = parse(text)
    strict = Query(phrases=query.words)
    # A field may name a tag that is not for everybody.
    if query.parts or not strict.phrases:
        return False
    request = SearchRequest(
        strict, tokens_of(actor), filters={"scope": ("library",)}, limit=1
    )
    return engine().search(request).total > 0


def _titles(actor: Actor, wanted: Matcher, query: Query) -> list[Found]:
    """Cases; before those found by a tag or an author come those whose title shows why."""
    if query.parts or query.phrases:
        hits = _narrowed(actor, query)
    else:
        hits = engine().complete(
            query.text, tokens_of(actor), limit=TITLES, filters={"scope": ("library",)}
        )
    found = marked_briefs(actor, wanted, hits)
    if pinyin.initials(fold(query.text)):
        # First letters stand for something in every title; the engine prefers whole words.
        return found
    return sorted(found, key=lambda each: not any(part.match for part in each.title))


def _narrowed(actor: Actor, query: Query) -> Sequence[Hit]:
    """Nothing that the results will leave out."""
    filters = {**read_fields(actor, query, {}).filters, "scope": ("library",)}
    request = SearchRequest(
        query, tokens_of(actor), filters=filters, limit=TITLES, zone=clock.zone()
    )
    return engine().search(request).hits


def _tags(
    actor: Actor, wanted: Matcher, query: Query
) -> list[tuple[Value, Sequence[Fragment]]]:
    """Tags like the words, or like what is being typed as `tag:…`."""
    last = query.parts[-1] if query.parts else None
    in_field = last and last.name == "tag" and last.end == len(query.typed)
    text = last.value if last and in_field else query.text
    offered = {
        code: label for source in installed()
        for code, label in source.offers(actor, "tag", text).items()
    }
    return [
        (Value(code, label, 0, False), Reading(label, wanted).whole())
        for code, label in list(offered.items())[:TAGS]
    ]
