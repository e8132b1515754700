"""Spans of time: the one asked for, the one before it, and the months or quarters inside."""

from dataclasses import dataclass
from datetime import date, timedelta

# Their names in the address; "custom" comes with two days.
NAMES = ("12m", "month", "quarter", "half", "year", "all", "custom")
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
# Longer spans are told by quarters, even longer ones by years.
MOST_MONTHS, MOST_QUARTERS = 15, 24


@dataclass(frozen=True)
class Period:
    """The days from `start` up to, and without, `end`."""

    name: str
    start: date
    end: date

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def before(self) -> "Period | None":
        """The span of the same length just before; all time has none."""
        if self.name == "all":
            return None
        if self.start.day == 1 and self.end.day == 1:
            months = _months_between(self.start, self.end)
            return Period(self.name, _add_months(self.start, -months), self.start)
        return Period(self.name, self.start - (self.end - self.start), self.start)


@dataclass(frozen=True)
class Bucket:
    """A month, quarter or year; `code` is its name in the address: 2026-05, 2026-Q2, 2026."""

    code: str
    start: date


def period_of(name: str, today: date, first: date | None = None,
              last: date | None = None) -> Period:
    """The span of this name as of today; an unknown name is the last twelve months."""
    month = today.replace(day=1)
    end = _add_months(month, 1)
    if name == "custom" and first and last and last >= FIRST_DAY and first <= min(last, LAST_DAY):
        return Period(name, max(first, FIRST_DAY), min(last, LAST_DAY) + timedelta(days=1))
    starts = {
        "month": month,
        "quarter": month.replace(month=(month.month - 1) // 3 * 3 + 1),
        "half": month.replace(month=1 if month.month <= 6 else 7),
        "year": month.replace(month=1),
        "all": FIRST_DAY,
    }
    lengths = {"month": 1, "quarter": 3, "half": 6, "year": 12}
    if name in lengths:
        return Period(name, starts[name], _add_months(starts[name], lengths[name]))
    if name == "all":
        return Period(name, FIRST_DAY, end)
    return Period("12m", _add_months(end, -12), end)


def step_of(start: date, end: date) -> str:
    """How finely a span is told: "month", "quarter" or "year"."""
    months = _months_between(start, end)
    if months <= MOST_MONTHS:
        return "month"
    return "quarter" if months <= MOST_QUARTERS * 3 else "year"


def buckets(start: date, end: date, step: str) -> list[Bucket]:
    """The months, quarters or years that a span touches, in order."""
    length = {"month": 1, "quarter": 3, "year": 12}[step]
    at = _add_months(start.replace(day=1), -((start.month - 1) % length))
    found = []
    while at < end:
        found.append(Bucket(bucket_of(at, step), at))
        at = _add_months(at, length)
    return found


def bucket_of(day: date, step: str) -> str:
    """The name of the month, quarter or year that a day lies in."""
    if step == "month":
        return f"{day.year}-{day.month:02}"
    return f"{day.year}-Q{(day.month + 2) // 3}" if step == "quarter" else str(day.year)


def _months_between(start: date, end: date) -> int:
    return max(1, (end.year - start.year) * 12 + end.month - start.month)


def _add_months(day: date, months: int) -> date:
    """The same day so many months on; only for first days."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, day.day)
