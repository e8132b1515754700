"""When care is due, what a customer's words add up to, and what warns that one may leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

BIRTHDAY, ANNIVERSARY = "birthday", "anniversary"
TRAINING, REPORT, WIN_BACK = "training", "report", "win_back"
KINDS = (BIRTHDAY, ANNIVERSARY, TRAINING, REPORT, WIN_BACK)
# These are over when their day is.
OF_ONE_DAY = (BIRTHDAY, ANNIVERSARY)

NPS, SATISFACTION, COMPLAINT, PRAISE = "nps", "satisfaction", "complaint", "praise"
FEEDBACK = (NPS, SATISFACTION, COMPLAINT, PRAISE)
# From the lowest score to the highest.
SCORES = {NPS: (0, 10), SATISFACTION: (1, 5)}
LONGEST_TEXT, LONGEST_OUTCOME = 2000, 500

QUIET, RENEWAL, COMPLAINTS, UNHAPPY = "quiet", "renewal", "complaints", "unhappy"


def next_day(month: int, day: int, today: date) -> date:
    """The next day, today included, on which a date of the year is kept. Whoever was born on
    29 February is congratulated on the 28th in other years."""
    for year in (today.year, today.year + 1):
        kept = _in_year(month, day, year)
        if kept >= today:
            return kept
    raise AssertionError("a year has every day")


def _in_year(month: int, day: int, year: int) -> date:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, 2, 28) if (month, day) == (2, 29) and not leap else date(year, month, day)


def days_kept(today: date, ahead: int) -> dict[tuple[int, int], date]:
    """(month, day) → the day on which it is kept, for all that are kept from today on to `ahead`
    days later."""
    found: dict[tuple[int, int], date] = {}
    for number in range(ahead + 1):
        day = today + timedelta(days=number)
        found[day.month, day.day] = day
        if (day.month, day.day) == (2, 28) and _in_year(2, 29, day.year) == day:
            found[2, 29] = day
    return found


def quarter_of(day: date) -> str:
    """Such as 2026Q2."""
    return f"{day.year}Q{(day.month - 1) // 3 + 1}"


def quarter_end(day: date) -> date:
    """The last day of the quarter."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return (first + timedelta(days=93)).replace(day=1) - timedelta(days=1)


@dataclass(frozen=True)
class Nps:
    """Net promoter score: the share of promoters (9, 10) less that of detractors (0 to 6).

    Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003.
    """

    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    @property
    def answers(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> int | None:
        """From -100 to 100; None when nobody answered."""
        if not self.answers:
            return None
        return round(100 * (self.promoters - self.detractors) / self.answers)


def nps_of(scores: Iterable[int]) -> Nps:
    """The score of these answers, each from 0 to 10."""
    counted = [0, 0, 0]
    for score in scores:
        counted[0 if score >= 9 else 1 if score >= 7 else 2] += 1
    return Nps(*counted)


@dataclass(frozen=True)
class Limits:
    """From where on a customer may be about to leave."""

    quiet_days: int = 60
    renewal_days: int = 30
    complaints: int = 2
    nps: int = 6


@dataclass(frozen=True)
class Signals:
    """What is known of a customer: days since anything was done, days until the contract must be
    renewed (None: no date, or a deal is open), complaints of the last 90 days that are not settled,
    the last NPS answer of half a year."""

    quiet_days: int
    renewal_in: int | None = None
    complaints: int = 0
    nps: int | None = None


def warnings(signals: Signals, limits: Limits) -> tuple[str, ...]:
    """What warns that the customer may leave; empty when nothing does."""
    found = {
        QUIET: signals.quiet_days >= limits.quiet_days,
        RENEWAL: signals.renewal_in is not None and signals.renewal_in <= limits.renewal_days,
        COMPLAINTS: signals.complaints >= limits.complaints,
        UNHAPPY: signals.nps is not None and signals.nps <= limits.nps,
    }
    return tuple(name for name, warns in found.items() if warns)
