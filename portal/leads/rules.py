"""What a lead can be, and who has it why."""

import re
import unicodedata
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
LARGEST_AMOUNT = 999_999_999_999

# Why a lead has another owner, or none: a manager's hand, a rule, a claim from the pool, a
# decided duplicate claim; given back by its owner, idle for too long, not answered in time, its
# owner left the department, brought in by an import, its customer went to somebody else.
HANDED, ALLOCATED, CLAIMED, ARBITRATED = "handed", "allocated", "claimed", "arbitrated"
RETURNED, IDLE, UNANSWERED, LEFT = "returned", "idle", "unanswered", "left"
IMPORTED, ALONG, UNDONE = "imported", "along", "undone"
AMOUNT = re.compile(r"(-?\d{1,20}(?:\.\d{1,4})?)(万|萬|亿|億|k|m|w)?元?")
UNITS = {"万": 10_000, "萬": 10_000, "w": 10_000, "亿": 100_000_000, "億": 100_000_000,
         "k": 1_000, "m": 1_000_000}
WHYS = (HANDED, ALLOCATED, CLAIMED, ARBITRATED, RETURNED, IDLE, UNANSWERED, LEFT, IMPORTED, ALONG,
        UNDONE)


def needs_reason(changes: Mapping[str, Sequence[Any]]) -> bool:
    """Whether something known is changed; `changes` are [before, after] by field. Filling in a
    blank is none."""
    return any(before not in (None, "", []) for before, _after in changes.values())


def amount_of(text: str) -> Decimal:
    """An amount as people write it: “120,000”, “¥12万”, “１２．５万元”, “1.2m”.

    Raises `ValueError` for what is no amount; whether it can be is another question.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"\s|[¥$€£]|rmb|人民币", "", plain)
    # A comma that separates no thousands could be a decimal one: better asked than misread.
    found = AMOUNT.fullmatch(re.sub(r"(?<=\d)[,'’](?=\d{3,4}(?!\d))", "", plain))
    if found is None:
        raise ValueError(f"no amount: {text}")
    return (Decimal(found[1]) * UNITS.get(found[2] or "", 1)).quantize(Decimal("0.01"))
