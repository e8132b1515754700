"""From a query to what is scored: units of tokens with weights, and what must or must not be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..analyzer import fold, han_tokens, is_function_pair, latin_tokens, split_words
from ..grammar import is_function_word
from ..query import Query
from ..synonyms import Synonyms
from . import spelling
from .segment import Mask
from .snapshot import Snapshot
from .spelling import Guess
from .units import Found, Unit, most_telling, phrase_unit

# Measured: 24 lose little, 12 lose .02; more than 32 gain nothing worth their time.
MAX_UNITS = 32
MAX_ALTERNATIVES = 16
FUNCTION_WEIGHT = 0.3
# The last character of a run helps to answer questions; in a keyword it would only find noise.
LAST_CHARACTER_WEIGHT = 0.8
_QUESTION_RUN = 5
SYNONYM_WEIGHT = 0.5
# A word inside a sentence has others beside it to be found by, and its synonyms often say too much.
SYNONYM_WEIGHT_IN_A_SENTENCE = 0.3
# What is left at least of a pair that only joins two words.
SEAM_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """One space-separated part of the query: what it says, and what may stand in for it."""

    folded: str
    start: int
    own: tuple[Unit, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.folded)


@dataclass(slots=True)
class Plan:
    """Looked-up units to score, the first `typed` of them the query's own. `parts` holds, for each
    part of the query, the sets of units of which a document must hold one completely to contain the
    part: its own words or a stand-in."""

    text: str
    units: list[Found] = field(default_factory=list)
    typed: int = 0
    parts: list[list[tuple[Found, ...]]] = field(default_factory=list)

    @property
    def own(self) -> list[Found]:
        """What was typed, without what may stand in for it."""
        return self.units[: self.typed]


def plan_query(
    snapshot: Snapshot,
    query: Query,
    synonyms: Synonyms,
    permitted: Sequence[Mask],
    wanted: Sequence[Mask],
) -> Plan:
    """Look up what the query's words, their synonyms, their sound and their spelling ask for."""
    words = [" ".join(fold(word).split()) for word in query.words]
    text = " ".join(filter(None, words))
    parts = list(_parts([word for word in words if word]))
    guesses = [
        *_synonyms(text, synonyms), *spelling.guesses(snapshot, text, synonyms, permitted)
    ]
    typed = [unit for part in parts for unit in part.own]
    found = snapshot.find_all([*typed, *(guess.unit for guess in guesses)], permitted, wanted)
    own = {unit: found[unit] for unit in typed}
    alternatives = {guess.unit: found[guess.unit] for guess in guesses if guess.unit not in own}
    _weaken_seams(text, own)
    _cap_rarity(own, alternatives)
    plan = Plan(text, most_telling(list(own.values()), MAX_UNITS))
    plan.typed = len(plan.units)
    plan.units += most_telling(list(alternatives.values()), MAX_ALTERNATIVES)
    plan.parts = [
        [tuple(own[unit] for unit in _telling(part.own))]
        + [(found[guess.unit],) for guess in guesses if guess.covers(part.start, part.end)]
        for part in _subjects(parts)
    ]
    return plan


def units_of(folded: str) -> Iterator[Unit]:
    """The units of a folded text."""
    for word, is_han, _ in split_words(folded):
        if not is_han:
            for token in latin_tokens(word):
                yield Unit((token,), FUNCTION_WEIGHT if is_function_word(token) else 1.0)
        elif len(folded) == 1:
            yield Unit((word,), prefix=True)
        elif len(word) == 1:
            yield Unit((word,))
        else:
            *pairs, last = han_tokens(word)
            for pair in pairs:
                yield Unit((pair,), FUNCTION_WEIGHT if is_function_pair(pair) else 1.0)
            if len(word) >= _QUESTION_RUN and not is_function_pair(last):
                yield Unit((last,), LAST_CHARACTER_WEIGHT)


def _parts(words: list[str]) -> Iterator[Part]:
    start = 0
    for word in words:
        yield Part(word, start, tuple(dict.fromkeys(units_of(word))))
        start += len(word) + 1


def _subjects(parts: list[Part]) -> list[Part]:
    """The parts that a document must contain to be complete: 怎么办 and "how to" need not be."""
    said = [part for part in parts if any(unit.weight == 1.0 for unit in part.own)]
    return said or parts


def _telling(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units a document must have to contain a part: the words themselves, not their parts."""
    full = tuple(unit for unit in units if unit.weight == 1.0)
    return full or units


def _synonyms(text: str, synonyms: Synonyms) -> Iterator[Guess]:
    for found in synonyms.find(text):
        alone = not (text[: found.start].split(" ")[-1] or text[found.end :].split(" ")[0])
        weight = SYNONYM_WEIGHT if alone else SYNONYM_WEIGHT_IN_A_SENTENCE
        for other in found.others:
            if unit := phrase_unit(other, weight):
                yield Guess(found.start, found.end, unit)


def _weaken_seams(text: str, own: dict[Unit, Found]) -> None:
    """A pair rarer than both its neighbours joins the end of a word with the beginning of the next
    (户撞 in 客户撞单): being rare it would count most, and it says nothing."""
    typed = {found.unit.tokens[0]: found for found in own.values() if not found.unit.prefix}
    kept = dict.fromkeys(typed, 0.0)
    for word, is_han, _ in split_words(text):
        pairs = [typed.get(token) for token in (han_tokens(word)[:-1] if is_han else [])]
        for before, found, after in zip([None, *pairs], pairs, [*pairs[1:], None], strict=False):
            if found is not None:
                token = found.unit.tokens[0]
                kept[token] = max(kept[token], _share(before, found, after))
    for token, share in kept.items():
        if share:
            typed[token].idf *= share


def _share(before: Found | None, found: Found, after: Found | None) -> float:
    """How much of a pair counts between its neighbours in a run of Han characters."""
    if before is None or after is None or found.unit.weight < 1:
        return 1.0
    common = min(before.frequency, after.frequency)
    if not 0 < found.frequency < common:
        return 1.0
    return max(SEAM_WEIGHT, (found.frequency / common) ** 0.5)


def _cap_rarity(own: dict[Unit, Found], alternatives: dict[Unit, Found]) -> None:
    """A rare synonym must not outweigh the word that was typed."""
    typed = [found.idf for found in own.values() if found.frequency]
    if typed:
        cap = max(typed)
        for found in alternatives.values():
            found.idf = min(found.idf, cap)
