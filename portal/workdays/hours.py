"""How working hours and weekdays are typed by an administrator."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.options.kinds import Kind
from portal.workdays.rules import DAY, Span

_SPAN = re.compile(r"(\d{1,2})[:：]([0-5]\d)\s*[-–—~～至]+\s*(\d{1,2})[:：]([0-5]\d)", re.ASCII)
WEEKDAYS = {
    "1": _l("Monday"), "2": _l("Tuesday"), "3": _l("Wednesday"), "4": _l("Thursday"),
    "5": _l("Friday"), "6": _l("Saturday"), "7": _l("Sunday"),
}


@dataclass(frozen=True)
class Hours(Kind):
    """Spans of a day, such as `09:00-12:00, 13:30-18:00`."""

    def read(self, text: str) -> tuple[Span, ...]:
        parts = [part.strip() for part in re.split(r"[,，;；、]", text) if part.strip()]
        found = [_SPAN.fullmatch(part) for part in parts]
        if not parts or not all(found) or len(parts) > 6:
            raise Refused(_l("Write spans such as 09:00-12:00, 13:30-18:00."))
        spans = tuple((_minutes(m[1], m[2]), _minutes(m[3], m[4])) for m in found if m)
        last = 0
        for start, end in spans:
            if not last <= start < end <= DAY:
                raise Refused(_l("Each span ends after it starts, and before the next one; "
                                 "the last one by 24:00."))
            last = end
        return spans

    def write(self, value: Any) -> str:
        return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in value)


@dataclass(frozen=True)
class Weekdays(Kind):
    """Days of the week, at least one; stored as their numbers, Monday is 1."""

    widget: ClassVar[str] = "choices"
    words = WEEKDAYS

    def read(self, text: str) -> frozenset[int]:
        numbers = set(re.findall(r"[1-7]", text, re.ASCII))
        if not numbers:
            raise Refused(_l("Choose at least one day: without working days no deadline comes."))
        return frozenset(int(number) - 1 for number in numbers)

    def write(self, value: Any) -> str:
        return ",".join(str(day + 1) for day in sorted(value))

    def show(self, value: Any) -> str:
        return ", ".join(str(WEEKDAYS[str(day + 1)]) for day in sorted(value))


def _minutes(hours: str, minutes: str) -> int:
    return int(hours) * 60 + int(minutes)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
