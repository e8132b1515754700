"""Chinese typed as pinyin: which sounds a Latin word may spell, and which characters have them.

Texts are matched by the sound of their characters, so every reading of 单 or 行 counts and nothing
has to be indexed. Only single-character readings are used: they need little memory.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path
from typing import NamedTuple

# Beyond the third reading of a character lie archaic ones that only bring false friends.
_READINGS = 3
_INITIAL_READINGS = 1
_MOST_READINGS = 4
_BASIC_HAN = range(0x4E00, 0xA000)
# First bytes of the 3,755 characters that GB 2312 counts as common.
_LEVEL_1 = (0xB0, 0xD7)
_LONGEST = 6
_MAX_SOUNDS = 12
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_VOWELS = frozenset("aeiouv")
_INITIALS = frozenset("abcdefghjklmnopqrstwxyz")


class Sound(NamedTuple):
    """A syllable (`whole`), or only its beginning: an initial, or a syllable still being typed."""

    text: str
    whole: bool


class _Table(NamedTuple):
    characters: dict[str, str]
    by_initial: dict[str, str]


@cache
def _table() -> _Table:
    """Toneless syllable → its characters. Read from pypinyin's data file, because importing the
    package costs 55 MB of phrases that are not needed."""
    characters: dict[str, list[str]] = {}
    initials: dict[str, list[str]] = {}
    for code, spellings in _dictionary().items():
        if int(code) not in _BASIC_HAN:
            continue
        toneless = (_toneless(each) for each in spellings.split(","))
        # Interjections without a vowel (ng, hm) would only confuse the splitting of words.
        readings = [each for each in dict.fromkeys(toneless) if not _VOWELS.isdisjoint(each)]
        for reading in readings[:_READINGS]:
            characters.setdefault(reading, []).append(chr(int(code)))
        for initial in dict.fromkeys(reading[0] for reading in readings[:_INITIAL_READINGS]):
            initials.setdefault(initial, []).append(chr(int(code)))
    return _Table(
        {syllable: "".join(found) for syllable, found in characters.items()},
        {initial: "".join(found) for initial, found in initials.items()},
    )


def _dictionary() -> dict[str, str]:
    spec = find_spec("pypinyin")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "pinyin_dict.json"
        if path.exists():
            found: dict[str, str] = json.loads(path.read_text("utf-8"))
            return found
    from pypinyin.pinyin_dict import pinyin_dict

    return {str(code): spellings for code, spellings in pinyin_dict.items()}


def _toneless(spelling: str) -> str:
    """'zhuàng' → zhuang, 'lǜ' → lv (as it is typed)."""
    plain = unicodedata.normalize("NFD", spelling.strip()).replace("u\u0308", "v")
    return "".join(each for each in plain if not unicodedata.combining(each))


def load() -> None:
    """Read the table (0.1 s, 9 MB), which otherwise happens at the first Latin word."""
    _table()


def is_syllable(word: str) -> bool:
    return word in _table().characters


@cache
def common_characters_of(sound: Sound) -> str:
    """Those of the characters that are in everyday use: level 1 of GB 2312."""
    return "".join(filter(_is_common, characters_of(sound)))


def _is_common(character: str) -> bool:
    return _LEVEL_1[0] <= character.encode("gb2312", "replace")[0] <= _LEVEL_1[1]


@cache
def characters_of(sound: Sound) -> str:
    """All characters that can have a sound."""
    table = _table()
    if sound.whole:
        return table.characters.get(sound.text, "")
    if len(sound.text) == 1:
        return table.by_initial.get(sound.text, "")
    found = (
        chars for syllable, chars in table.characters.items() if syllable.startswith(sound.text)
    )
    return "".join(dict.fromkeys("".join(found)))


def syllables(word: str) -> list[tuple[Sound, ...]]:
    """Every way to read a word as whole syllables, the last of which may be unfinished.

    'zhuangdan' → zhuang dan; 'xian' → xian, xi an; 'zhuangd' → zhuang d…
    """
    if not _WORD.fullmatch(word) or len(word) > _LONGEST * _MAX_SOUNDS:
        return []
    found: list[tuple[Sound, ...]] = [()]
    pieces = word.split("'")
    for piece in pieces:
        is_last = piece is pieces[-1]
        found = [
            before + after for before in found for after in _split(piece, may_break_off=is_last)
        ]
    # Fewer and whole syllables are the likelier reading.
    found.sort(key=lambda sounds: (not sounds[-1].whole, len(sounds)) if sounds else (True, 0))
    return [sounds for sounds in found if sounds][:4]


def _split(piece: str, *, may_break_off: bool) -> list[tuple[Sound, ...]]:
    table = _table().characters
    ways: list[list[tuple[Sound, ...]]] = [[()]]
    for end in range(1, len(piece) + 1):
        here = []
        for start in range(max(0, end - _LONGEST), end):
            if ways[start] and piece[start:end] in table:
                sound = Sound(piece[start:end], True)
                here += [(*way, sound) for way in ways[start][:4]]
        ways.append(here[:4])
    if ways[-1] or not may_break_off:
        return ways[-1]
    for start in range(max(1, len(piece) - _LONGEST + 1), len(piece)):
        rest = Sound(piece[start:], False)
        if ways[start] and characters_of(rest):
            return [(*way, rest) for way in ways[start][:2]]
    return []


def initials(word: str) -> tuple[Sound, ...]:
    """A word of 2 to 6 letters as the first letters of syllables: 'zd' → z d; otherwise nothing."""
    if 2 <= len(word) <= 6 and _INITIALS.issuperset(word):
        return tuple(Sound(letter, False) for letter in word)
    return ()


def typed(word: str) -> list[tuple[Sound, ...]]:
    """Every way to read what is being typed: its last syllable may go on even where it is one
    ('zhua' on the way to 'zhuang'), and it may be first letters."""
    found = [
        (*sounds[:-1], Sound(sounds[-1].text, False))
        for sounds in syllables(word.replace(" ", "'"))
    ]
    return [*found, first] if (first := initials(word)) else found


@lru_cache(maxsize=256)
def readings(han: str) -> list[tuple[Sound, ...]]:
    """How a short Chinese word may sound, by the readings of its characters: 赢单 → ying dan,
    ying shan, ying chan."""
    table = _table().characters
    choices = []
    for character in han:
        sounds = [syllable for syllable, found in table.items() if character in found]
        if not sounds:
            return []
        choices.append([Sound(sound, True) for sound in sounds[:_READINGS]])
    return list(islice(product(*choices), _MOST_READINGS))


@cache
def _character_class(sound: Sound) -> str:
    return f"[{characters_of(sound)}]" if characters_of(sound) else r"(?!)"


@lru_cache(maxsize=64)
def expression(sounds: tuple[Sound, ...]) -> re.Pattern[str]:
    """`pattern_of`, compiled."""
    return re.compile(pattern_of(sounds))


def pattern_of(sounds: Sequence[Sound]) -> str:
    """A regular expression for Chinese text that sounds like this."""
    return "".join(_character_class(sound) for sound in sounds)
