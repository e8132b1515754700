"""Hits of the engine as cards: where each says what was asked, and the words around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.people.rules import Actor
from portal.search.engine import Hit
from portal.search.find.results import Found, Place
from portal.search.highlight import Reading
from portal.search.matching import Matcher, matcher
from portal.search.query import Query
from portal.search.sources import Card, Passage, by_source
from portal.search.vocabulary.current import engine

SNIPPET = 140


def cards_of(actor: Actor, hits: Sequence[Hit], *, brief: bool = False) -> dict[str, Card]:
    """Cards by reference; the database has the last word on who may read."""
    cards: dict[str, Card] = {}
    for source, ids in by_source(hit.ref for hit in hits).items():
        make = source.briefs if brief and source.briefs else source.cards
        for card in make(actor, ids).values():
            cards[card.ref] = card
    return cards


def shown(
    actor: Actor, query: Query, hits: Sequence[Hit], *, with_places: bool = False
) -> list[Found]:
    """The hits that the actor may read, with marks and snippets."""
    wanted = matcher(query, engine().synonyms)
    cards = cards_of(actor, hits)
    read = {
        hit.ref: _Read(cards[hit.ref], hit.score, wanted) for hit in hits if hit.ref in cards
    }
    if with_places and query.words:
        below = _passages(actor, [ref for ref, each in read.items() if not each.says_all])
        for ref, passages in below.items():
            read[ref].add(passages)
    return [each.found(with_places=with_places) for each in read.values()]


def _passages(actor: Actor, refs: Sequence[str]) -> dict[str, Sequence[Passage]]:
    """Other texts of records that were shown to be readable."""
    return {
        f"{source.prefix}:{record}": passages
        for source, ids in by_source(refs).items()
        for record, passages in source.passages(actor, ids).items()
    }


@dataclass(frozen=True, slots=True)
class _Below:
    """A passage with what it says."""

    passage: Passage
    text: Reading
    label: Reading

    @property
    def worth(self) -> int:
        return max(self.text.worth, self.label.worth)


class _Read:
    """A record read with a query in mind."""

    def __init__(self, card: Card, score: float, wanted: Matcher) -> None:
        self.card, self.score, self.wanted = card, score, wanted
        self.title, self.text = Reading(card.title, wanted), Reading(card.text, wanted)
        self.below: list[_Below] = []

    @property
    def says_all(self) -> bool:
        """Whether title and text speak about every word, so that nobody need look further."""
        return self.wanted.says_all(self.title.labels | self.text.labels)

    def add(self, passages: Sequence[Passage]) -> None:
        """Keep the passages that say something, the best first."""
        read = [
            _Below(each, Reading(each.text, self.wanted), Reading(each.label, self.wanted))
            for each in passages
        ]
        self.below = sorted((each for each in read if each.worth), key=lambda each: -each.worth)

    def found(self, *, with_places: bool) -> Found:
        best = self.below[0] if self.below else None
        if best is not None and best.text.worth <= self.text.worth:
            best = None
        reading = best.text if best else self.text
        anchor = f"#{best.passage.anchor}" if best and best.passage.anchor else ""
        return Found(
            card=self.card, title=self.title.whole(), snippet=reading.passage(SNIPPET),
            score=self.score, places=tuple(self._places()) if with_places else (),
            url=self.card.url + anchor,
        )

    def _places(self) -> list[Place]:
        places = [Place("title")] if self.title.spans else []
        places += [Place("text")] if self.text.spans else []
        places += [
            Place("tag", tag) for tag in self.card.tags if Reading(tag, self.wanted).spans
        ]
        if Reading(self.card.author, self.wanted).spans:
            places.append(Place("author", self.card.author))
        below = (Place(each.passage.where, each.passage.label) for each in self.below)
        return [*places, *list(dict.fromkeys(below))[:2]]


def marked_briefs(actor: Actor, wanted: Matcher, hits: Sequence[Hit]) -> list[Found]:
    """Titles alone, for suggestions."""
    cards = cards_of(actor, hits, brief=True)
    return [
        Found(card, Reading(card.title, wanted).whole(), (), hit.score, url=card.url)
        for hit in hits if (card := cards.get(hit.ref))
    ]
