"""What Latin letters in a query may have meant: Chinese typed as pinyin, or a misspelt word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np

from portal.core import pinyin
from portal.core.pinyin import Sound

from ..analyzer import (
    HAN_CHARACTER,
    MIN_TYPO_LETTERS,
    inflections,
    one_edit_away,
    split_words,
)
from ..grammar import is_function_word
from ..synonyms import Synonyms
from .heads import Heads
from .segment import Mask
from .snapshot import Snapshot
from .units import Unit, phrase_unit

SOUND_WEIGHT = 0.7
# A Latin word that exists as such is rarely meant as pinyin.
DOUBTFUL_SOUND_WEIGHT = 0.2
SOUND_SYNONYM_WEIGHT = 0.3
TYPO_WEIGHT = 0.7
INFLECTION_WEIGHT = 0.8
# A guess costs about 0.3 ms; who types a whole English sentence does not type pinyin.
_MAX_GUESSED = 12
_MAX_WORDS = 6
_MAX_TYPOS = 3
_VOCABULARY_BONUS = 5
_LABEL_BONUS = 3
# Longer words are names or sentences; nobody spells those in one go.
_MAX_CHAINED = 4
# Chaining looks thousands of pairs up: for a sentence of such words that would take seconds.
_MAX_CHAINS = 3
_COMMON = 1 << 30


class Guess(NamedTuple):
    """What the text at `start:end` of a folded query may also mean."""

    start: int
    end: int
    unit: Unit

    def covers(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


def guesses(
    snapshot: Snapshot, text: str, synonyms: Synonyms, permitted: Sequence[Mask]
) -> Iterator[Guess]:
    """What the Latin words of a folded query may have meant. Words of documents that the reader
    may not see do not exist for them."""
    words = list(islice(_latin_words(text), _MAX_GUESSED))
    forms = {word: inflections(word) for _, _, word in words}
    indexed = snapshot.words_among(forms.keys() | set().union(*forms.values()), permitted)
    chains = 0
    for start, end, word in words:
        exists = word in indexed
        readings = _readings(word, exists=exists)
        weight = DOUBTFUL_SOUND_WEIGHT if exists else SOUND_WEIGHT
        sounding = words_that_sound(snapshot, readings, synonyms, permitted)
        spelled = list(filter(_is_chainable, readings))
        if spelled and not sounding and not exists and chains < _MAX_CHAINS:
            chains += 1
            sounding = words_in_texts(snapshot, spelled, permitted)
        for han in sounding:
            if unit := phrase_unit(han, weight):
                yield Guess(start, end, unit)
        if spelled and sounding and not exists:
            # Vaguer readings have more meanings than anybody meant.
            for other in synonyms.of(sounding[0]):
                if unit := phrase_unit(other, SOUND_SYNONYM_WEIGHT):
                    yield Guess(start, end, unit)
        inflected = sorted(forms[word] & indexed.keys())
        for form in inflected:
            yield Guess(start, end, Unit((form,), INFLECTION_WEIGHT))
        if not exists and not inflected and len(word) >= MIN_TYPO_LETTERS and word.isalpha():
            for near in nearby_words(snapshot, word, permitted):
                yield Guess(start, end, Unit((near,), TYPO_WEIGHT))


def _latin_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Latin words of a folded text; neighbours that are all syllables come joined as well."""
    words = [
        (start, start + len(word), word) for word, is_han, start in split_words(text) if not is_han
    ]
    yield from words
    run: list[tuple[int, int, str]] = []
    for start, end, word in [*words, (0, 0, "")]:
        if word and pinyin.is_syllable(word):
            run.append((start, end, word))
            continue
        if len(run) > 1:
            yield run[0][0], run[-1][1], "'".join(each for _, _, each in run)
        run = []


def _readings(word: str, *, exists: bool) -> list[tuple[Sound, ...]]:
    whole = [sounds for sounds in pinyin.syllables(word) if len(sounds) > 1]
    if exists:
        return [sounds for sounds in whole if sounds[-1].whole]
    initials = pinyin.initials(word)
    return whole + ([initials] if initials else [])


def words_that_sound(
    snapshot: Snapshot,
    readings: Sequence[tuple[Sound, ...]],
    synonyms: Synonyms,
    permitted: Sequence[Mask],
) -> list[str]:
    """Chinese words from titles, tags and names of permitted documents and from the trade's
    vocabulary, the likeliest first."""
    vocabulary = _vocabulary(synonyms)
    likelihood: Counter[str] = Counter()
    for sounds in readings:
        tables = [_lookup(sound) for sound in sounds]
        for view, mask in zip(snapshot.views, permitted, strict=True):
            heads = view.segment.heads
            positions = heads.find_sounds(tables)
            positions = positions[mask[heads.documents_at(positions)]]
            likelihood.update(heads.texts_at(positions, len(sounds)))
            labels = heads.whole_labels(positions, len(sounds))
            for han, count in heads.texts_at(labels, len(sounds)).items():
                likelihood[han] += _LABEL_BONUS * count
        positions = vocabulary.find_sounds(tables)
        likelihood.update(vocabulary.texts_at(positions, len(sounds)).keys())
        known = vocabulary.whole_labels(positions, len(sounds))
        for han in vocabulary.texts_at(known, len(sounds)):
            likelihood[han] += _VOCABULARY_BONUS
        if likelihood:
            # A full spelling that exists leaves no room for vaguer readings.
            break
    return [han for han, _ in likelihood.most_common(_MAX_WORDS)]


def _is_chainable(sounds: Sequence[Sound]) -> bool:
    return 1 < len(sounds) <= _MAX_CHAINED and all(sound.whole for sound in sounds)


def words_in_texts(
    snapshot: Snapshot, readings: Sequence[tuple[Sound, ...]], permitted: Sequence[Mask]
) -> list[str]:
    """Chinese words of whole syllables that stand in no title: chained from the pairs that texts
    hold. A word is as likely as its rarest pair."""
    likelihood: Counter[str] = Counter()
    for sounds in readings:
        characters = [pinyin.common_characters_of(sound) for sound in sounds]
        words = {"": _COMMON}
        for firsts, seconds in pairwise(characters):
            pairs = snapshot.words_among(snapshot.pairs_of(firsts, seconds), permitted)
            beginning: dict[str, dict[str, int]] = {"": pairs}
            for pair, times in pairs.items():
                beginning.setdefault(pair[0], {})[pair] = times
            words = {
                word[:-1] + pair: min(count, times)
                for word, count in words.items()
                for pair, times in beginning.get(word[-1:], {}).items()
            }
        likelihood.update(words)
    return [han for han, _ in likelihood.most_common(_MAX_WORDS) if han]


@lru_cache(maxsize=4)
def _vocabulary(synonyms: Synonyms) -> Heads:
    """The Chinese words among the synonyms, ready to be searched by sound."""
    return Heads([phrase for phrase in synonyms.phrases if HAN_CHARACTER.match(phrase)])


def sound_tables(folded: str) -> list[list[np.ndarray]]:
    """Lookup tables for every way a text being typed may be read as pinyin; its last syllable
    may be unfinished even where it is one ('zhua' on the way to 'zhuang')."""
    readings = [
        (*sounds[:-1], Sound(sounds[-1].text, False))
        for sounds in pinyin.syllables(folded.replace(" ", "'"))
    ]
    if initials := pinyin.initials(folded):
        readings.append(initials)
    return [[_lookup(sound) for sound in sounds] for sounds in readings]


def _lookup(sound: Sound) -> np.ndarray:
    """For each UTF-16 unit: can the character sound like this?"""
    table = np.zeros(1 << 16, np.bool_)
    table[[ord(character) for character in pinyin.characters_of(sound)]] = True
    return table


def nearby_words(snapshot: Snapshot, word: str, permitted: Sequence[Mask]) -> list[str]:
    """Indexed words one typing error away, the most frequent first."""
    edits = {
        each
        for each in one_edit_away(word)
        if len(each) >= MIN_TYPO_LETTERS and not is_function_word(each)
    }
    found = Counter(snapshot.words_among(edits, permitted))
    return [near for near, _ in found.most_common(_MAX_TYPOS)]
