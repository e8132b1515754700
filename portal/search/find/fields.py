"""Fields typed into a query (`tag:…`) as filters, and what is said of values nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.people.rules import Actor
from portal.search.engine import Filters
from portal.search.query import Note, Query
from portal.search.sources import installed
from portal.search.vocabulary.current import engine

MOST_OFFERS = 3


@dataclass(frozen=True)
class Fields:
    """Filters for the engine, and notes for the person."""

    filters: Filters
    notes: tuple[Note, ...]


def read_fields(
    actor: Actor, query: Query, chosen: Mapping[str, tuple[str, ...]]
) -> Fields:
    """Words typed as `tag:…` narrow like chosen facets; a word nobody knows finds nothing.

    Typed and chosen values must both hold. A record has several tags, and an engine takes those
    of a filter as alternatives: there the typed ones count.
    """
    wanted = dict(chosen)
    notes = []
    for name, words in query.fields.items():
        codes: set[str] = set()
        for word in words:
            meant = _meant(actor, name, word)
            if not meant:
                notes.append(Note("unknown_value", word, name, offers(actor, name, word)))
            codes |= meant
        if name in chosen and name != "tag":
            codes &= set(chosen[name])
        wanted[name] = tuple(sorted(codes)) or ("",)
    return Fields(wanted, tuple(notes))


def _meant(actor: Actor, name: str, word: str) -> set[str]:
    """The codes that a word means, as far as the actor may know that they exist."""
    known: set[str] = set()
    for source in installed():
        codes = source.resolve(name, word)
        known.update(source.labels(actor, name, codes) if codes else ())
    return known


def offers(actor: Actor, name: str, word: str) -> tuple[str, ...]:
    """Values of a field that a word nobody knows may have meant: like it, or of its meaning."""
    for each in (word, *engine().synonyms.of(word)):
        if found := [
            label for source in installed() for label in source.offers(actor, name, each).values()
        ]:
            return tuple(dict.fromkeys(found))[:MOST_OFFERS]
    return ()
