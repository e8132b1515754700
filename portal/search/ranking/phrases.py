"""Literal phrases: candidates hold all tokens, then their stored text is read to be sure."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from ..analyzer import HAN_CHARACTER, HAN_RUN, fold
from .scorer import phrase_unit
from .segment import Mask, Segment

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


def holding(segment: Segment, phrase: str, among: Mask) -> Mask:
    """Which documents of `among` hold a phrase; none hold a phrase without letters."""
    found = np.zeros(segment.size, np.bool_)
    folded = fold(phrase).strip()
    unit = phrase_unit(folded)
    if unit is None:
        return found
    postings = segment.starting_with(unit.tokens[0]) if unit.prefix else segment.all_of(unit.tokens)
    candidates = postings.ids[among[postings.ids]]
    if unit.prefix or _is_one_token(folded, unit.tokens):
        found[candidates] = True
        return found
    pattern = pattern_of(phrase)
    for doc in candidates[:MAX_READ]:
        found[doc] = pattern.search(segment.folded_text(int(doc))) is not None
    found[candidates[MAX_READ:]] = True
    return found


def _is_one_token(folded: str, tokens: tuple[str, ...]) -> bool:
    """Does the token alone prove the phrase? A Han pair or a plain Latin word does."""
    if len(tokens) != 1 or tokens[0] != folded:
        return False
    return folded.isalnum() and (HAN_RUN.fullmatch(folded) is not None or folded.isascii())


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
