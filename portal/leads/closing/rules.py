"""What a deal that ended says in plain values: its band of amounts and its days."""

from datetime import date, timedelta
from decimal import Decimal

ENDINGS = ("won", "lost", "abandoned")
# What a retrospective is written of (K4), and the kind of case it becomes.
RETROSPECTIVES = {"won": "win", "lost": "loss"}
# Below so much, in the currency in which the portal counts; what is more is the last band.
BANDS = (
    (Decimal(100_000), "lt100k"), (Decimal(500_000), "100k_500k"), (Decimal(1_000_000), "500k_1m"),
    (Decimal(5_000_000), "1m_5m"),
)
LARGEST_BAND = "gt5m"
COUNTED_IN = "CNY"
# More days no form takes.
LONGEST_CYCLE = 3650
LONGEST_NOTE = 500
# Who has not written by then will not remember it well enough.
ASK_FOR = timedelta(days=90)
# A contract older than this is a slip of the year.
OLDEST_SIGNING = timedelta(days=3 * 366)
# What decided a deal fits on a page.
MOST_DEEDS = 20


def amount_band(amount: Decimal | None, currency: str) -> str | None:
    """The band of an amount; None for what is unknown or in a currency that no band is made for."""
    if amount is None or currency != COUNTED_IN:
        return None
    return next((code for below, code in BANDS if amount < below), LARGEST_BAND)


def cycle_days(first: date, last: date) -> int:
    """From the first word to the end, in days."""
    return min(max((last - first).days, 0), LONGEST_CYCLE)


def may_be_signed_on(day: date, today: date) -> bool:
    """Not in the future, and not in another age."""
    return today - OLDEST_SIGNING <= day <= today
