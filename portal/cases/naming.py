"""Whether a text names somebody: a case names no customer (K1)."""

import re
from collections.abc import Iterable

from portal.core.text import folded
from portal.search.analyzer import fold

# One sign is part of too many words.
SHORTEST = 2
LATIN = re.compile(r"[a-z0-9]")


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names that stand in the text, in any width, case or Chinese script; a name in
    Latin letters only as a word of its own."""
    text = fold(folded(text))
    found = [name for name in dict.fromkeys(names) if _stands(fold(folded(name)), text)]
    # A name within a longer one that was found says nothing more.
    return [name for name in found
            if not any(name != other and name in other for other in found)]


def _stands(name: str, text: str) -> bool:
    if len(name) < SHORTEST or name not in text:
        return False
    before = r"(?<![a-z0-9])" if LATIN.match(name[0]) else ""
    after = r"(?![a-z0-9])" if LATIN.match(name[-1]) else ""
    return re.search(f"{before}{re.escape(name)}{after}", text) is not None
