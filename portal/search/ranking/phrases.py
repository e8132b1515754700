"""Literal phrases: candidates hold all tokens, then their stored text is read to be sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ..analyzer import HAN_CHARACTER, HAN_RUN, fold
from .segment import Mask
from .snapshot import Snapshot
from .units import phrase_unit

# Reading a text takes about 0.03 ms. Candidates beyond this number count as found: they hold all
# tokens of the phrase, and so many of them means that the phrase is ordinary.
MAX_READ = 1000


@lru_cache(maxsize=256)
def pattern_of(phrase: str) -> re.Pattern[str]:
    """A phrase as it may stand in folded text: other spacing matters only between Latin words."""
    words = fold(phrase).split()
    pattern = ""
    for before, word in zip(["", *words], words, strict=False):
        if before:
            is_latin = not (HAN_CHARACTER.match(before[-1]) or HAN_CHARACTER.match(word[0]))
            pattern += r"\s+" if is_latin else r"\s*"
        pattern += re.escape(word)
    if words and _is_latin(words[0][0]):
        pattern = r"(?<![a-z0-9])" + pattern
    if words and _is_latin(words[-1][-1]):
        pattern += r"(?![a-z0-9])"
    return re.compile(pattern)


def holding(snapshot: Snapshot, phrase: str, among: Sequence[Mask]) -> list[Mask]:
    """Which documents of `among` hold a phrase; none hold a phrase without letters."""
    found = [np.zeros(len(mask), np.bool_) for mask in among]
    folded = fold(phrase).strip()
    unit = phrase_unit(folded)
    if unit is None:
        return found
    proven = unit.prefix or _is_one_token(folded, unit.tokens)
    pattern = pattern_of(phrase)
    for number, ids in enumerate(snapshot.holders(unit)):
        candidates = ids[among[number][ids]]
        if not proven:
            read = candidates[:MAX_READ]
            texts = snapshot.texts(number, read)
            held = np.array([pattern.search(text) is not None for text in texts], np.bool_)
            candidates = np.concatenate([read[held], candidates[MAX_READ:]])
        found[number][candidates] = True
    return found


def _is_one_token(folded: str, tokens: tuple[str, ...]) -> bool:
    """Does the token alone prove the phrase? A Han pair or a plain Latin word does."""
    if len(tokens) != 1 or tokens[0] != folded:
        return False
    return folded.isalnum() and (HAN_RUN.fullmatch(folded) is not None or folded.isascii())


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
