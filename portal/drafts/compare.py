"""Two texts of one work beside each other: which lines stand in one of them alone."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from portal.drafts.rules import Fields

# A line, and whether the other text lacks it.
Line = tuple[str, bool]
MOST_LINES = 2000


def lines_of(mine: Fields, theirs: Fields) -> list[list[Line]]:
    """Every field of one text, with its lines marked."""
    return [list(_marked(_text(mine, name), _text(theirs, name)))
            for name in mine if any(mine[name]) or any(theirs.get(name, ()))]


def _text(fields: Fields, name: str) -> list[str]:
    return "\n".join(fields.get(name, ())).splitlines()[:MOST_LINES]


def _marked(mine: list[str], theirs: list[str]) -> Iterator[Line]:
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for tag, start, stop, _from, _to in matcher.get_opcodes():
        for line in mine[start:stop]:
            yield line, tag != "equal"
