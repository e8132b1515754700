"""Ways on from a search that found nothing: other words, and the same question asked wider."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from portal.core import pinyin
from portal.people.rules import Actor
from portal.search.analyzer import fold, han_tokens, is_function_pair, split_words
from portal.search.engine import SearchUnavailable
from portal.search.find.asking import count, tokens_of
from portal.search.find.hits import cards_of
from portal.search.find.results import Question
from portal.search.query import Query
from portal.search.sources import installed, scopes
from portal.search.vocabulary.current import engine

MOST_RELATED = 8
# So many words are tried, so that nobody's long question keeps the portal busy.
MOST_TRIED = 16
MOST_LEFT_OUT = 4
_LOOKED_AT = 12
_MIN_LETTERS = 3


@dataclass(frozen=True)
class Way:
    """The question asked wider: what was left out or added, and how much that finds."""

    code: str
    question: Question
    count: int


def ways_on(actor: Actor, question: Question) -> list[Way]:
    """The same question without what narrows it, each with what it finds; only those that do."""
    ways = [Way(code, wider, count(actor, wider)) for code, wider in _wider(actor, question)]
    found = [way for way in ways if way.count]
    words = " ".join(question.query.words)
    if found or not words:
        return found
    # Several things narrow it together.
    alone = Way("words", Question(words), count(actor, Question(words)))
    return [alone] if alone.count else []


def _wider(actor: Actor, question: Question) -> Iterator[tuple[str, Question]]:
    query = question.query
    if question.is_narrowed:
        yield "filters", replace(question, filters={}, since=None, until=None)
    typed = [part for part in query.parts if part.name != "-"]
    if typed and query.words:
        yield "fields", replace(
            question, text=query.without(*typed), filters={}, since=None, until=None
        )
    if len(typed) > 1:
        for part in typed[:MOST_LEFT_OUT]:
            yield f"part:{part.name}:{part.value}", replace(question, text=query.without(part))
    excluded = [part for part in query.parts if part.name == "-"]
    if excluded and query.words:
        yield "exclusions", replace(question, text=query.without(*excluded))
    if query.phrases:
        kept = [query.typed[part.start : part.end] for part in query.parts]
        yield "quotes", replace(question, text=" ".join([*query.words, *kept]))
    if not question.archive:
        yield "archive", replace(question, archive=True)
    for scope in scopes(actor):
        if scope != question.scope:
            yield f"scope:{scope}", Question(question.text, scope=scope)


def related(actor: Actor, query: Query) -> list[str]:
    """Words close to what was typed that do find something this person may read."""
    typed = {fold(word) for word in (*query.words, query.text)}
    found: list[str] = []
    try:
        candidates = dict.fromkeys(_candidates(actor, query))
    except SearchUnavailable:
        return []
    for word in list(candidates)[:MOST_TRIED]:
        if len(found) == MOST_RELATED:
            break
        if fold(word) not in typed and count(actor, Question(word)):
            found.append(word)
    return found


def _candidates(actor: Actor, query: Query) -> Iterator[str]:
    folded = fold(query.text)
    for synonym in engine().synonyms.find(folded):
        yield from synonym.others
    for word, is_han, _ in list(split_words(folded))[:4]:
        if is_han:
            yield from _same_sound(actor, word)
            yield from _tags_with_part(actor, word)
        elif len(word) >= _MIN_LETTERS:
            yield from _spelt_together(actor, word)
            yield from _similar_spelling(actor, word)
            yield from _tags(actor, word)


def _same_sound(actor: Actor, word: str) -> list[str]:
    """Words of readable titles and tags that sound like a Chinese one: 盈单 for 赢单."""
    if len(word) > 4:
        return []
    return list(dict.fromkeys(
        said for sounds in pinyin.readings(word) for said in _sounding(actor, sounds)
    ))


def _spelt_together(actor: Actor, word: str) -> Iterator[str]:
    """Two words of readable titles and tags whose sounds were typed as one: jiagetanpan."""
    for sounds in pinyin.syllables(word)[:1]:
        for cut in range(2, len(sounds) - 1):
            first, second = (_sounding(actor, half)[:1] for half in (sounds[:cut], sounds[cut:]))
            if first and second:
                yield f"{first[0]} {second[0]}"
            yield from first + second


def _sounding(actor: Actor, sounds: Sequence[pinyin.Sound]) -> list[str]:
    """What in readable titles and tags sounds like this."""
    pattern = pinyin.expression(tuple(sounds))
    return list(dict.fromkeys(
        match.group() for text in _labels(actor, "'".join(sound.text for sound in sounds))
        for match in pattern.finditer(fold(text))
    ))


def _similar_spelling(actor: Actor, word: str) -> list[str]:
    """Latin words of readable titles and tags that are spelt alike."""
    known = {
        each for text in _labels(actor, word[:_MIN_LETTERS])
        for each, is_han, _ in split_words(fold(text)) if not is_han
    }
    return get_close_matches(word, known, n=3, cutoff=0.7)


def _labels(actor: Actor, beginning: str) -> list[str]:
    """Titles and tags that the engine completes this to."""
    hits = engine().complete(
        beginning, tokens_of(actor), limit=_LOOKED_AT, filters={"scope": ("library",)}
    )
    cards = cards_of(actor, hits).values()
    return [text for card in cards for text in (card.title, *card.tags)]


def _tags_with_part(actor: Actor, word: str) -> Iterator[str]:
    pairs = [pair for pair in han_tokens(word)[:-1] if not is_function_pair(pair)]
    for pair in pairs[:6]:
        yield from _tags(actor, pair)


def _tags(actor: Actor, text: str) -> Sequence[str]:
    return [
        label for source in installed() for label in source.offers(actor, "tag", text).values()
    ]
