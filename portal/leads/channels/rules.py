"""What a channel brought in a month, and how that is told as shares."""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass
class Numbers:
    """Of one channel in one month: leads created, those of them that are qualified and that are
    won by now; leads closed, those of them that were won, and for how much by currency."""

    created: int = 0
    qualified: int = 0
    won_of_created: int = 0
    closed: int = 0
    won: int = 0
    amounts: dict[str, Decimal] = field(default_factory=dict)

    @property
    def qualified_share(self) -> int | None:
        return share(self.qualified, self.created)

    @property
    def conversion(self) -> int | None:
        """Won of those created in the month, in percent."""
        return share(self.won_of_created, self.created)

    @property
    def win_rate(self) -> int | None:
        """Won of those closed in the month, in percent."""
        return share(self.won, self.closed)

    @property
    def is_empty(self) -> bool:
        return not self.created and not self.closed

    def add(self, other: "Numbers") -> None:
        """Count the other's leads along."""
        self.created += other.created
        self.qualified += other.qualified
        self.won_of_created += other.won_of_created
        self.closed += other.closed
        self.won += other.won
        for currency, amount in other.amounts.items():
            self.amounts[currency] = self.amounts.get(currency, Decimal()) + amount


@dataclass(frozen=True)
class Row:
    """A channel with its month and the one before; `channel` is empty for all of them."""

    channel: str
    now: Numbers
    before: Numbers


def share(part: int, whole: int) -> int | None:
    """In whole percent, rounded half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def total(rows: list[Row]) -> Row:
    """All channels together."""
    now, before = Numbers(), Numbers()
    for row in rows:
        now.add(row.now)
        before.add(row.before)
    return Row("", now, before)
