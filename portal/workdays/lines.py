"""Reading many days from pasted lines, such as `2027-01-01 休 元旦`, with a verdict for each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MOST_DAYS = 400
FIRST_YEAR, LAST_YEAR = 2000, 2100
_DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_UNTIL = rf"\s*(?:[~～至]|\.\.|to)\s*{_DATE}"
_LINE = re.compile(rf"{_DATE}(?:{_UNTIL})?[\s,，]+(\S+?)(?:[\s,，]+(.*))?")
OFF_WORDS = frozenset({"休", "休息", "假", "放假", "节", "off", "rest", "holiday", "no"})
WORK_WORDS = frozenset({"班", "上班", "工作", "补班", "work", "working", "on", "yes"})

# Verdicts of a line.
SET, UNREADABLE, NO_DATE, NO_WORD, TOO_LONG, TWICE = (
    "set", "unreadable", "no_date", "no_word", "too_long", "twice",
)


@dataclass(frozen=True)
class LineRead:
    """One pasted line: the days it names, or why it names none (`verdict`)."""

    number: int
    text: str
    verdict: str
    days: tuple[date, ...] = ()
    working: bool = False
    label: str = ""


def read_lines(text: str) -> list[LineRead]:
    """Every line that is not empty, in order. A day that was named before is refused (`TWICE`)."""
    seen: set[date] = set()
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        read = _read(number, line.strip())
        if read.verdict == SET and not seen.isdisjoint(read.days):
            read = LineRead(number, read.text, TWICE)
        if len(seen) + len(read.days) > MOST_DAYS:
            read = LineRead(number, read.text, TOO_LONG)
        seen |= set(read.days)
        found.append(read)
    return found


def _read(number: int, line: str) -> LineRead:
    match = _LINE.fullmatch(line)
    if match is None:
        return LineRead(number, line, UNREADABLE)
    first = _date(match[1], match[2], match[3])
    last = _date(match[4], match[5], match[6]) if match[4] else first
    if first is None or last is None or last < first:
        return LineRead(number, line, NO_DATE)
    word = match[7].lower()
    if word not in OFF_WORDS | WORK_WORDS:
        return LineRead(number, line, NO_WORD)
    if (last - first).days >= MOST_DAYS:
        return LineRead(number, line, TOO_LONG)
    return LineRead(number, line, SET, tuple(_days(first, last)), word in WORK_WORDS,
                    (match[8] or "").strip())


def _date(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _days(first: date, last: date) -> Iterator[date]:
    for passed in range((last - first).days + 1):
        yield first + timedelta(days=passed)
