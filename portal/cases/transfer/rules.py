"""Rules of imports and exports on plain values."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

# What one upload may hold.
MOST_BYTES = 200 * 1024 * 1024
MOST_TABLE_BYTES = 40 * 1024 * 1024
MOST_FILES = 20_000
MOST_UNPACKED = 1024 * 1024 * 1024
# So many records are written in one transaction: others hardly wait.
BATCH = 50

VERDICTS = ("new", "update", "alike", "unchanged", "error")
WRITTEN = ("new", "changed")
# What can be decided for a word that no list knows, beside an entry of the list.
SKIP, EMPTY, ADD = "", "-", "+"


def chosen_verdicts(choices: Mapping[str, Any]) -> tuple[str, ...]:
    """Which groups of records are written."""
    found = ["new"]
    if choices.get("updates"):
        found.append("update")
    if choices.get("alike"):
        found.append("alike")
    return tuple(found)


def undecided(unknown: Iterable[Collection[str]], words: Mapping[str, str]) -> list[str]:
    """The words of a record for which nothing was decided: then it is left out."""
    return [word for name, word in unknown if words.get(word_key(name, word), SKIP) == SKIP]


def word_key(name: str, word: str) -> str:
    """How a decision about a word of a list is kept."""
    return f"{name}:{word}"
