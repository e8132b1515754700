"""What is open, what is late, and how much came in in time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

LONGEST_LABEL, LONGEST_NOTE, LONGEST_REASON = 60, 200, 500
CENT = Decimal("0.01")
LARGEST = Decimal("999999999999.99")
# What a receivable can be.
VOID, PAID, OVERDUE, SOON, LATER = "void", "paid", "overdue", "soon", "later"
SOON_DAYS = 14
# Nobody bills or pays further back, or agrees on money further ahead.
LONGEST_BACK, LONGEST_AHEAD = timedelta(days=10 * 366), timedelta(days=10 * 366)


def state_of(*, voided: bool, open_amount: Decimal, due_on: date, today: date) -> str:
    """How a receivable stands on this day."""
    if voided:
        return VOID
    if open_amount <= 0:
        return PAID
    if due_on < today:
        return OVERDUE
    return SOON if due_on <= today + timedelta(days=SOON_DAYS) else LATER


def collect_by(billed_on: date, days: int) -> date:
    """The last day on which a payment counts as collected in time."""
    return billed_on + timedelta(days=days)


@dataclass(frozen=True)
class Collected:
    """Of what should have come in by its day: how much there was, and how much came in by then."""

    due: Decimal
    in_time: Decimal

    @property
    def percent(self) -> Decimal | None:
        """The share that came in in time, 0 to 100 with one decimal; None of nothing."""
        if self.due <= 0:
            return None
        return (100 * self.in_time / self.due).quantize(Decimal("0.1"), ROUND_HALF_UP)


def collected(lines: Iterable[tuple[Decimal, Decimal]]) -> Collected:
    """Summed over receivables: (amount, paid by its day); more than the amount never counts."""
    due = in_time = Decimal(0)
    for amount, paid in lines:
        due += amount
        in_time += min(amount, paid)
    return Collected(due, in_time)
