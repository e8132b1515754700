"""The details of an entry of the audit log as people read them."""

from collections.abc import Mapping
from typing import Any

# So many parts of a list or of a record show before "…", and so many characters altogether.
MOST_PARTS, LONGEST = 6, 300


def detail_word(value: Any) -> str:
    """One value in a line: nothing as a dash, lists and records by their first parts."""
    text = _word(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _word(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, Mapping):
        return _parts([f"{name}: {_word(each)}" for name, each in value.items()])
    if isinstance(value, list | tuple):
        return _parts([_word(each) for each in value])
    return str(value)


def _parts(parts: list[str]) -> str:
    if not parts:
        return "–"
    more = f" … ({len(parts)})" if len(parts) > MOST_PARTS else ""
    return ", ".join(parts[:MOST_PARTS]) + more
