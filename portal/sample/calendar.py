"""Moments of the sample story: so many working days ago, at a time of day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Reads moments such as `12 09:40`: that time of day, twelve working days before the last.

    Day 0 is the last working day before today, so that nothing happens in the future. What is
    planned may: `t+0` is today, `t+3` the third working day after it.
    """

    now: datetime
    zone: ZoneInfo

    def moment(self, written: str) -> datetime:
        """The moment meant. Raises `ValueError` for anything but days and a time."""
        days, _, clock = written.strip().partition(" ")
        return datetime.combine(self.day_named(days), time.fromisoformat(clock), self.zone)

    def day_named(self, written: str) -> date:
        """The day meant, `12` or `t+3`."""
        if not written.startswith("t+"):
            return self.day(int(written))
        day = self.today
        for _ in range(int(written[2:])):
            day = _workday_after(day)
        return day

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


def _workday_after(day: date) -> date:
    day += timedelta(days=1)
    return day + timedelta(days=max(7 - day.weekday(), 0) if day.weekday() >= SATURDAY else 0)
