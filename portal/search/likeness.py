"""Which words of a list a typed text may mean: by beginning, by a part, by sound, by spelling."""

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from portal.core import pinyin
from portal.search.analyzer import fold

# From this share of equal signs on, two spellings may mean the same. Latin words share most of
# their letters anyway.
ENOUGH, ENOUGH_LATIN = 0.6, 0.75
_NO = 9


def alike(text: str, words: Mapping[str, str], limit: int = 12) -> list[str]:
    """The codes whose words are like a text, the likeliest first. Words that only resemble it come
    when there is nothing better."""
    wanted = " ".join(fold(text).split())
    if not wanted:
        return []
    sounds = [pinyin.expression(each) for each in pinyin.typed(wanted)]
    ranked = sorted(
        (place, len(word), code) for code, word in words.items()
        if (place := _place(wanted, fold(word), sounds)) < _NO
    )
    return [code for _, _, code in ranked[:limit]] or _resembling(wanted, words)[:limit]


def _place(wanted: str, word: str, sounds: list[re.Pattern[str]]) -> int:
    if wanted in word:
        return 0 if word == wanted else 1 if word.startswith(wanted) else 2
    if any(pattern.match(word) for pattern in sounds):
        return 3
    if any(pattern.search(word) for pattern in sounds):
        return 4
    return 5 if len(word) > 1 and word in wanted else _NO


def _resembling(wanted: str, words: Mapping[str, str]) -> list[str]:
    matcher = SequenceMatcher(b=wanted)
    enough = ENOUGH_LATIN if wanted.isascii() else ENOUGH
    found = []
    for code, word in words.items():
        matcher.set_seq1(fold(word))
        if matcher.quick_ratio() >= enough and (ratio := matcher.ratio()) >= enough:
            found.append((-ratio, code))
    return [code for _, code in sorted(found)]
