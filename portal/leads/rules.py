"""What a lead can be, and who has it why."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

# Open leads are at a stage; won is the end of the last stage.
OPEN, WON, LOST, ABANDONED, VOID = "open", "won", "lost", "abandoned", "void"
STATUSES = (OPEN, WON, LOST, ABANDONED, VOID)
# The codes of the stages in a new portal; the list of stages is editable.
FIRST_STAGE = "acquired"
LONGEST_TITLE = 120
LONGEST_STEP, LONGEST_REASON = 200, 500
LONGEST_NOTE = 10_000
MOST_COMPETITORS, LONGEST_COMPETITOR = 10, 80
CURRENCY = "CNY"
CURRENCIES = ("CNY", "USD", "EUR", "HKD", "JPY", "GBP", "TWD", "SGD")
# What twelve digits before the point can hold is more than any deal.
LARGEST_AMOUNT = Decimal("999999999999.99")

# Why a lead has another owner, or none: a manager's hand, a rule, a claim from the pool, a
# decided duplicate claim; given back by its owner, idle for too long, not answered in time, its
# owner left the department, brought in by an import, its customer went to somebody else.
HANDED, ALLOCATED, CLAIMED, ARBITRATED = "handed", "allocated", "claimed", "arbitrated"
RETURNED, IDLE, UNANSWERED, LEFT = "returned", "idle", "unanswered", "left"
IMPORTED, ALONG, UNDONE = "imported", "along", "undone"
WHYS = (HANDED, ALLOCATED, CLAIMED, ARBITRATED, RETURNED, IDLE, UNANSWERED, LEFT, IMPORTED, ALONG,
        UNDONE)


def needs_reason(changes: Mapping[str, Sequence[Any]]) -> bool:
    """Whether something known is changed; `changes` are [before, after] by field. Filling in a
    blank is none."""
    return any(before not in (None, "", []) for before, _after in changes.values())
