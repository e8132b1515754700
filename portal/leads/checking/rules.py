"""What a check can answer, and how much of it is told."""

from collections.abc import Iterable

LONGEST_TYPED = 200
# Whose it is, for the person who asks.
FREE, YOURS, THEIRS, POOL = "free", "yours", "theirs", "pool"
# What is typed, when there is nothing to look up yet.
NOTHING, SHORT, NO_NUMBER = "nothing", "short", "no_number"
# The best of several matches is the answer.
ORDER = (YOURS, THEIRS, POOL)
SHOWN = 6


def whose(owner_id: int | None, works_there: bool) -> str:
    """Whose a customer is."""
    if works_there:
        return YOURS
    return POOL if owner_id is None else THEIRS


def answer(states: Iterable[str]) -> str:
    """The one word for several customers that are the same."""
    return min(states, key=ORDER.index, default=FREE)


def may_be_named(*, reads: bool, state: str, by_name: bool, same: bool) -> bool:
    """Whether the stored name is shown.

    A number tells nobody whose it is. An equal name was typed already; a similar one must be shown,
    or nobody could say whether it is another company.
    """
    return reads or state == POOL or (by_name and not same)
