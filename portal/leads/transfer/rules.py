"""Rules of imports of leads on plain values."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

# So many rows are judged at once.
BATCH = 500
# So many are written in one transaction: others hardly wait.
WRITTEN_AT_ONCE = 25
PREVIEW = 5
LONGEST_PREVIEW = 200
# How long an import can be taken back.
REVERT_DAYS = 30

# Verdicts of the rehearsal: nobody has it; one's own customer; somebody else's; nobody's, in the
# pool; a line above says the same; close to somebody's; wrong.
NEW, UPDATE, DUPLICATE, POOL, SAME, CLOSE, ERROR = (
    "new", "update", "duplicate", "pool", "same", "close", "error")
VERDICTS = (NEW, UPDATE, DUPLICATE, POOL, SAME, CLOSE, ERROR)
# What is done with a row: brought in; blanks of the customer filled in; the same, and a new deal;
# kept as a duplicate claim; claimed from the pool; left out.
TAKE, FILL, DEAL, CLAIM, FETCH, SKIP = "take", "fill", "deal", "claim", "fetch", "skip"
ACTS: Mapping[str, tuple[str, ...]] = {
    NEW: (TAKE, SKIP), UPDATE: (FILL, DEAL, SKIP), DUPLICATE: (SKIP, CLAIM), POOL: (SKIP, FETCH),
    SAME: (SKIP, DEAL), CLOSE: (SKIP, TAKE), ERROR: (SKIP,),
}
# What became of a row.
MADE, FILLED, CLAIMED, FETCHED, UNCHANGED, LEFT, FAILED = (
    "made", "filled", "claimed", "fetched", "unchanged", "left", "failed")
OUTCOMES = (MADE, FILLED, CLAIMED, FETCHED, UNCHANGED, LEFT, FAILED)
WRITTEN = (MADE, FILLED, CLAIMED, FETCHED)
REVERTED, KEPT = "reverted", "kept"

# Who has what the table gives to nobody: who imports, nobody, whoever the allocation rules name.
ME, NOBODY, BY_RULES = "me", "pool", "rules"
# What can be decided for a word that no list knows, beside an entry of the list.
LEAVE_ROWS, WITHOUT = "", "-"


def act_for(verdict: str, own: str, groups: Mapping[str, str]) -> str:
    """What is done with a row: what was decided for it, for its group, or what is usual."""
    possible = ACTS[verdict]
    for wanted in (own, groups.get(verdict, "")):
        if wanted in possible:
            return wanted
    return possible[0]


def undecided(unknown: Iterable[Collection[str]], words: Mapping[str, str]) -> list[str]:
    """The words of a row for which nothing was decided: then it is left out."""
    return [word for name, word in unknown if not words.get(word_key(name, word))]


def word_key(name: str, word: str) -> str:
    """How a decision about a word of a list is kept."""
    return f"{name}:{word}"


def can_revert(committed_at: datetime | None, now: datetime) -> bool:
    """Whether an import can still be taken back."""
    return committed_at is not None and now - committed_at <= timedelta(days=REVERT_DAYS)


def blanks(known: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What fills something that was not known; nothing known is overwritten."""
    return {name: value for name, value in given.items()
            if value not in (None, "", []) and known.get(name) in (None, "", [])}
