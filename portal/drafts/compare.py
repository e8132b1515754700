"""Two texts of one work beside each other: which lines stand in one of them alone."""

from collections.abc import Iterator, Sequence
from itertools import islice
from time import monotonic

from diff_match_patch import diff_match_patch

from portal.drafts.rules import Fields

# A line, and whether the other text lacks it.
Line = tuple[str, bool]
MOST_LINES = 2000
# Texts of nothing but the same few lines must not hold up the page: the rest then counts as other.
SECONDS = 0.5
ALWAYS = ("title", "body")


def lines_of(mine: Fields, theirs: Fields) -> list[list[Line]]:
    """Title and text, and every other field that differs, with its lines marked."""
    until = monotonic() + SECONDS
    return [list(_marked(_text(mine, name), _text(theirs, name), until))
            for name in mine if name in ALWAYS or _text(mine, name) != _text(theirs, name)]


def _text(fields: Fields, name: str) -> list[str]:
    return "\n".join(fields.get(name, ())).splitlines()[:MOST_LINES]


def _marked(mine: Sequence[str], theirs: Sequence[str], until: float) -> Iterator[Line]:
    # One sign for each line, so that lines are compared and not letters.
    signs: dict[str, str] = {}
    one, two = ("".join(signs.setdefault(line, chr(len(signs) + 1)) for line in lines)
                for lines in (mine, theirs))
    differ = diff_match_patch()
    # Nothing at all would mean for ever.
    differ.Diff_Timeout = max(until - monotonic(), 0.001)
    rest = iter(mine)
    for change, run in differ.diff_main(one, two, False):
        if change <= 0:
            for line in islice(rest, len(run)):
                yield line, change != 0
