"""What a visit can be, and the days on which it may lie."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from datetime import time as clock_time

# Going there, and the three ways of following up from the desk.
VISIT = "visit"
CALL, MESSAGE, MAIL = "call", "message", "mail"
CHANNELS = (CALL, MESSAGE, MAIL)
KINDS = (VISIT, *CHANNELS)

PLANNED, ARRIVED, REVIEWED, CANCELLED, VOID = "planned", "arrived", "reviewed", "cancelled", "void"
STATUSES = (PLANNED, ARRIVED, REVIEWED, CANCELLED, VOID)
# What still has to be gone to, or to be written about.
OPEN = (PLANNED, ARRIVED)

# Why one goes there; more is said in words.
PURPOSES = ("first", "needs", "demo", "quote", "negotiation", "contract", "payment", "service",
            "care", "other")
# What came of it, against the goal.
REACHED, PARTLY, MISSED = "reached", "partly", "missed"
RESULTS = (REACHED, PARTLY, MISSED)

LONGEST_GOAL, LONGEST_STEP, LONGEST_REASON = 300, 200, 500
LONGEST_COMMENT = 5_000
# Only so long ago something may have happened that is written down now.
OLDEST = timedelta(days=366)
# And so far ahead something may be planned.
FARTHEST = timedelta(days=366)
# A step without a time of its own is due when work begins; reviews after it has ended.
EVENING = clock_time(18, 0)


def monday_of(day: date) -> date:
    """The first day of the ISO week in which a day lies."""
    return day - timedelta(days=day.weekday())


def week_name(day: date) -> str:
    """`2026-W48`, as browsers and calendars write an ISO week."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_named(name: str) -> date | None:
    """The Monday of `2026-W48`; None for what is no week, or one no calendar reaches."""
    year, mark, week = name.partition("-W")
    if not (mark and len(year) == 4 and year.isascii() and year.isdigit()
            and week.isascii() and week.isdigit() and len(week) <= 2):
        return None
    try:
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return None
    return monday if date(2000, 1, 1) <= monday <= date(2100, 1, 1) else None


def may_be_planned_on(day: date, today: date) -> bool:
    """Nobody plans the past; this week's days that have gone by are recorded instead."""
    return today <= day <= today + FARTHEST


def may_have_happened_on(day: date, today: date) -> bool:
    """Not tomorrow, and not in another age."""
    return today - OLDEST <= day <= today


def quick_days(today: date, is_working: Callable[[date], bool]) -> dict[str, date]:
    """Dates for one tap: tomorrow, three working days on, the first working day of next week."""
    return {
        "tomorrow": today + timedelta(days=1),
        "three": working_day_after(today, 3, is_working),
        "week": first_working_day(monday_of(today) + timedelta(days=7), is_working),
    }


def first_names(days: Mapping[str, date], chosen: str = "") -> list[str]:
    """The names under which days are offered: no day twice, and the chosen name stays."""
    named: dict[date, str] = {}
    for name, day in days.items():
        if day not in named or name == chosen:
            named[day] = name
    return [name for name in days if name in named.values()]


def working_day_after(day: date, count: int, is_working: Callable[[date], bool]) -> date:
    """The so-manieth working day after this one; plain days where nobody works for months."""
    left, found = count, day
    for _ in range(120):
        if left == 0:
            return found
        found += timedelta(days=1)
        left -= is_working(found)
    return day + timedelta(days=count)


def first_working_day(day: date, is_working: Callable[[date], bool]) -> date:
    """This day, or the first one after it on which people work, within that week."""
    week = (day + timedelta(days=n) for n in range(7))
    return next((each for each in week if is_working(each)), day)


def review_due_at(day: date, zone: tzinfo) -> datetime:
    """On the evening of the day, somebody who has not written yet is reminded."""
    return datetime.combine(day, EVENING, tzinfo=zone)


def is_whole_review(words: str, worked: str, not_worked: str) -> bool:
    """Any of the three may stay empty, but not all of them."""
    return any(text.strip() for text in (words, worked, not_worked))


def may_be_reviewed(status: str, day: date, today: date) -> bool:
    """What was planned for a day to come has not happened yet; unless one is there already."""
    return status == ARRIVED or (status == PLANNED and day <= today)
