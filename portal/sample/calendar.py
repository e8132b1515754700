"""Moments of the sample story: so many working days ago, at a time of day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Reads moments such as `12 09:40`: that time of day, twelve working days before the last.

    Day 0 is the last working day before today, so that no moment lies in the future.
    """

    now: datetime
    zone: ZoneInfo

    def moment(self, written: str) -> datetime:
        """The moment meant. Raises `ValueError` for anything but days and a time."""
        days, _, clock = written.strip().partition(" ")
        return datetime.combine(self.day(int(days)), time.fromisoformat(clock), self.zone)

    def day(self, working_days: int) -> date:
        """The day so many working days before the last one."""
        weeks, rest = divmod(working_days, 5)
        day = _workday_before(self.today) - timedelta(weeks=weeks)
        for _ in range(rest):
            day = _workday_before(day)
        return day

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def _workday_before(day: date) -> date:
    day -= timedelta(days=1)
    return day - timedelta(days=max(day.weekday() - SATURDAY + 1, 0))
