"""Calendar months as an address names them: 2026-05."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    """One month of the portal's calendar."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    def plus(self, months: int) -> "Month":
        """So many months later, or earlier when negative."""
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1)

    def begins(self, zone: ZoneInfo) -> datetime:
        """The moment at which it begins."""
        return datetime.combine(self.first, time.min, tzinfo=zone)


def month_named(code: str) -> Month | None:
    """The month that an address means; None for anything else."""
    found = WRITTEN.fullmatch(code)
    return Month(int(found[1]), int(found[2])) if found else None
