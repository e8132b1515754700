"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta
from typing import Any

# A Monday, ten in the morning in Shanghai.
MONDAY_MORNING = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)


class FrozenClock:
    """`clock()` is the present; `clock.move(days=1)` lets a day pass."""

    def __init__(self) -> None:
        self.now = MONDAY_MORNING

    def __call__(self) -> datetime:
        return self.now

    def move(self, **passed: Any) -> datetime:
        """Let time pass: `days=`, `hours=`, `minutes=`, `seconds=`; the new present."""
        self.now += timedelta(**passed)
        return self.now
