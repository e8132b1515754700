"""The details of an entry of the audit log as people read them."""

import re
from collections.abc import Mapping
from typing import Any

# So many parts of a list or of a record show before "…", and so many characters altogether.
MOST_PARTS, LONGEST = 6, 300


# Administrators have no business with customers: of what is done with them only ids, counts and
# kinds are shown, no sums, names or reasons.
SELLING = frozenset({"care", "claim", "contact", "customer", "follow_up", "lead", "lead_import",
                     "note", "payment", "receivable", "view", "visit"})
# What looks like a code and yet may be somebody's words.
WORDS = frozenset({"amount", "name", "reason", "text", "note", "q"})
KIND = re.compile(r"[a-z][a-z0-9_:.]{0,63}")
# What somebody typed to learn whose a customer is: this log is there to find who does so too much.
OPEN = ("customer.checked", "typed")


def shown_details(action: str, detail: Mapping[str, Any]) -> dict[str, Any]:
    """What administrators see of the details of an entry."""
    if action.partition(".")[0] not in SELLING:
        return dict(detail)
    return {name: value for name, value in detail.items()
            if (action, name) == OPEN or (name not in WORDS and _tells_no_more_than_a_kind(value))}


def _tells_no_more_than_a_kind(value: Any) -> bool:
    if isinstance(value, list):
        return all(_tells_no_more_than_a_kind(each) for each in value)
    return value is None or isinstance(value, int) or (
        isinstance(value, str) and KIND.fullmatch(value) is not None)


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
