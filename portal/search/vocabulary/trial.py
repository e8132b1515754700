"""What a query is also searched for, and what each of these phrases finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from portal.people.rules import Actor
from portal.search import find
from portal.search.query import Query, parse
from portal.search.synonyms import Synonyms, plain
from portal.search.vocabulary.current import current

# A question that holds more known phrases is shown with the first of them.
_MOST_FOUND = 6
_MOST_OTHERS = 40


@dataclass(frozen=True)
class Phrase:
    """A phrase and the number of records that hold it literally, among those one may read."""

    text: str
    total: int


@dataclass(frozen=True)
class Meaning:
    """A phrase of the query that a group knows, and what else is searched for."""

    typed: Phrase
    others: tuple[Phrase, ...]


@dataclass(frozen=True)
class Trial:
    """`total` is what the whole query finds. `broken`: the index cannot answer at the moment."""

    text: str
    total: int
    meanings: tuple[Meaning, ...]
    broken: bool


def try_out(actor: Actor, text: str) -> Trial:
    """Search as this person would, and count for each phrase what it alone would find."""
    synonyms = current()
    results = find.search(actor, text, facets=(), limit=0)
    meanings = tuple(_meanings(actor, parse(text), synonyms)) if not results.broken else ()
    return Trial(text, results.total, meanings, results.broken)


def _meanings(actor: Actor, query: Query, synonyms: Synonyms) -> Iterator[Meaning]:
    whole = plain(query.text)
    for found in islice(synonyms.find(whole), _MOST_FOUND):
        if found.others:
            yield Meaning(
                _counted(actor, whole[found.start : found.end]),
                tuple(_counted(actor, other) for other in found.others[:_MOST_OTHERS]),
            )


def _counted(actor: Actor, phrase: str) -> Phrase:
    return Phrase(phrase, find.search(actor, f'"{phrase}"', facets=(), limit=0).total)
