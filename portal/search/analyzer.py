"""The one analyzer: how text becomes search tokens, the same for the index and for queries.

Text is folded character by character (NFKC, lower case, no accents, traditional to simplified,
no invisible characters), so positions can always be mapped back. Han runs become overlapping pairs
plus their last character; Latin words become the whole word plus its parts.
"""

from __future__ import annotations

import re
import string
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from opencc import OpenCC

# Raise this whenever the tokens of any text change: indexes of another version are rebuilt.
ANALYZER_VERSION = 1

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_CHARACTER = re.compile(f"[{HAN}]")
HAN_RUN = re.compile(f"[{HAN}]+")
# A Latin word may hold single joiners (U8-erp, R&D, 2.5, c/s) and end in + or # (C++, C#).
_LETTERS = rf"[^\W_{HAN}]+"
_TOKEN = re.compile(
    rf"(?P<han>[{HAN}]+)|(?P<latin>{_LETTERS}(?:[-_./&'@+]{_LETTERS})*(?:\+\+?|#)?)"
)
_PART = re.compile(_LETTERS)
# 'iphone15' is also 'iphone' and '15', but 'u8' stays whole: one character carries no meaning.
_MIXED = re.compile(r"[a-z]{2,}|[0-9]{2,}")

# Pairs with one of these say more about grammar than about the subject.
FUNCTION_CHARACTERS = frozenset(
    "的了是在和与及或吗呢吧啊么哪谁怎什何为之其这那就都也还被把从到由于而我你他她它您"
)
MAX_TOKEN = 64
# In shorter words one wrong letter makes another word.
MIN_TYPO_LETTERS = 4

_MIN_STEM = 3
_ENDINGS = {
    "ies": ("y",), "ied": ("y",), "es": ("",), "s": ("",), "ed": ("", "e"), "ing": ("", "e"),
}

_COMBINING = range(0x300, 0x370)
_INVISIBLE = frozenset({0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
                        *range(0x2060, 0x2065), 0xFEFF, *range(0xFE00, 0xFE10)})


class _FoldTable(dict[int, str]):
    """Folded form of each code point, computed when it is first met."""

    def __init__(self) -> None:
        super().__init__()
        self._simplified = OpenCC("t2s")
        # Characters met so far that fold to none, or to several.
        self.odd: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = self._fold(code)
        if len(folded) != 1:
            self.odd.add(chr(code))
        self[code] = folded
        return folded

    def _fold(self, code: int) -> str:
        if code in _INVISIBLE or code in _COMBINING:
            return ""
        character = chr(code)
        if 0xD800 <= code < 0xE000:
            return " "
        text = unicodedata.normalize("NFKC", character).lower()
        if HAN_CHARACTER.search(text):
            return "".join(self._simplified.convert(each) for each in text)
        if ord(text[:1] or "\0") < 0x250:
            # Accents go (é -> e); marks of other scripts, such as kana's, are part of the letter.
            decomposed = unicodedata.normalize("NFKD", text)
            text = "".join(each for each in decomposed if ord(each) not in _COMBINING)
        return text


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """The text as it is compared: one form for every way of writing it."""
    if text.isascii():
        return text.lower()
    return text.translate(_FOLD)


class FoldedText:
    """A folded text that knows which part of the original each position came from."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = fold(original)
        self._starts: list[int] | None = None
        if not _FOLD.odd.isdisjoint(original):
            self._starts = []
            position = 0
            for character in original:
                self._starts.append(position)
                position += len(_FOLD[ord(character)])

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original that covers the folded range `start:end` (not empty)."""
        if self._starts is None:
            return start, end
        # The last original character that starts at or before a folded position produced it.
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        return first, last + 1


def split_words(folded: str) -> Iterator[tuple[str, bool, int]]:
    """Each Han run and Latin word of a folded text: (text, is it Han, start)."""
    for match in _TOKEN.finditer(folded):
        yield match.group(), match.lastgroup == "han", match.start()


def han_tokens(run: str) -> list[str]:
    """Overlapping pairs of a Han run, and its last character so that any character is found."""
    pairs = [run[i : i + 2] for i in range(len(run) - 1)]
    pairs.append(run[-1])
    return pairs


def latin_tokens(word: str) -> list[str]:
    """The whole word, then its parts: 'u8-erp' gives u8-erp, u8, erp."""
    if word.isalpha():
        return [word[:MAX_TOKEN]]
    tokens = [word[:MAX_TOKEN]]
    for part in _PART.findall(word):
        if part != word:
            tokens.append(part[:MAX_TOKEN])
        if not part.isalpha() and not part.isdigit():
            tokens.extend(_MIXED.findall(part))
    return list(dict.fromkeys(tokens))


def tokens_of(folded: str) -> list[str]:
    """All tokens of an already folded text, in order, repeated as often as they occur."""
    tokens: list[str] = []
    for word, is_han, _ in split_words(folded):
        tokens.extend(han_tokens(word) if is_han else latin_tokens(word))
    return tokens


def analyze(text: str) -> list[str]:
    """All tokens of a text, in order, repeated as often as they occur."""
    return tokens_of(fold(text))


def is_function_pair(token: str) -> bool:
    """Is this a Han token that holds a function character (的, 了, 什 …)?"""
    return not FUNCTION_CHARACTERS.isdisjoint(token)


def one_edit_away(word: str) -> set[str]:
    """Everything one missing, extra, wrong or swapped letter away."""
    letters = string.ascii_lowercase
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    edits = {left + right[1:] for left, right in splits if right}
    edits |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    edits |= {left + letter + right[1:] for left, right in splits if right for letter in letters}
    edits |= {left + letter + right for left, right in splits for letter in letters}
    edits.discard(word)
    return edits


def inflections(word: str) -> set[str]:
    """Other forms of an English word: plural, past, -ing. Many of them do not exist."""
    if len(word) < MIN_TYPO_LETTERS or not (word.isascii() and word.isalpha()):
        return set()
    stems = {word}
    for ending, replacements in _ENDINGS.items():
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            stems |= {word[: -len(ending)] + replacement for replacement in replacements}
    forms = set(stems)
    for stem in stems:
        forms |= {stem + ending for ending in ("s", "es", "ed", "ing")}
        if stem.endswith("e"):
            forms |= {stem + "d", stem[:-1] + "ing"}
        if stem.endswith("y"):
            forms |= {stem[:-1] + "ies", stem[:-1] + "ied"}
    forms.discard(word)
    return forms
