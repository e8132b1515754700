"""Two texts of one work beside each other: which lines stand in one of them alone."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from portal.drafts.rules import Fields

# A line, and whether the other text lacks it.
Line = tuple[str, bool]
MOST_LINES = 2000
ALWAYS = ("title", "body")


def lines_of(mine: Fields, theirs: Fields) -> list[list[Line]]:
    """Title and text, and every other field that differs, with its lines marked."""
    return [list(_marked(_text(mine, name), _text(theirs, name)))
            for name in mine if name in ALWAYS or _text(mine, name) != _text(theirs, name)]


def _text(fields: Fields, name: str) -> list[str]:
    return "\n".join(fields.get(name, ())).splitlines()[:MOST_LINES]


def _marked(mine: list[str], theirs: list[str]) -> Iterator[Line]:
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for tag, start, stop, _from, _to in matcher.get_opcodes():
        for line in mine[start:stop]:
            yield line, tag != "equal"
