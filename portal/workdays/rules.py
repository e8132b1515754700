"""Working time: which days and hours count, and what time it is so many working hours later."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

# Minutes after midnight; the end of the day is 1440.
Span = tuple[int, int]
DAY = 24 * 60
# So long no department rests; a calendar in which it does is a mistake.
LONGEST_REST = 3 * 366
ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)


class NoWorkingTimeError(ValueError):
    """The calendar has no working time at all, or none for years."""


@dataclass(frozen=True)
class WorkCalendar:
    """Working hours on working days, in one zone.

    `hours` are spans of minutes after midnight, in order and apart; `weekdays` are 0 (Monday) to
    6; `exceptions` says of single days whether they are worked, whatever their weekday.
    Raises `NoWorkingTimeError` when nobody ever works.
    """

    hours: tuple[Span, ...]
    weekdays: frozenset[int]
    exceptions: Mapping[date, bool] = field(default_factory=dict)
    zone: tzinfo = UTC

    def __post_init__(self) -> None:
        if not self.hours:
            raise NoWorkingTimeError("a working day without hours")
        if not self.weekdays & set(range(7)):
            raise NoWorkingTimeError("a week without a working day")
        last = 0
        for start, end in self.hours:
            if not last <= start < end <= DAY:
                raise ValueError(f"working hours overlap or end before they start: {self.hours}")
            last = end

    def is_working(self, day: date) -> bool:
        """Whether people work on this day."""
        exception = self.exceptions.get(day)
        return day.weekday() in self.weekdays if exception is None else exception

    @property
    def opens_at(self) -> time:
        """When work begins on a working day."""
        minutes = self.hours[0][0]
        return time(minutes // 60, minutes % 60)

    def next_working_day(self, day: date, n: int = 1) -> date:
        """The n-th working day after this one."""
        days = self._working_days(day + ONE_DAY)
        for _ in range(n - 1):
            next(days)
        return next(days)

    def is_open(self, moment: datetime) -> bool:
        """Whether people work at this moment; the last one of a span counts."""
        return any(start <= moment <= end for start, end in self._around(moment))

    def after(self, moment: datetime, hours: float) -> datetime:
        """The moment when so many working hours have passed, in UTC; always in working time.

        Raises `ValueError` for a negative number.
        """
        left = timedelta(hours=hours)
        if left < timedelta():
            raise ValueError("working hours are counted forward")
        for start, end in self._spans(moment):
            begin = max(start, moment.astimezone(UTC))
            if begin <= end and end - begin >= left:
                return begin + left
            left -= max(end - begin, timedelta())
        raise NoWorkingTimeError("the calendar ends")

    def hours_between(self, a: datetime, b: datetime) -> float:
        """How many working hours lie from `a` to `b`; negative when `b` is earlier."""
        if b < a:
            return -self.hours_between(b, a)
        # Far apart, most of it is whole weeks: they are not looked at hour by hour.
        first = a.astimezone(self.zone).date() + WEEK
        weeks = max(0, (b.astimezone(self.zone).date() - first).days // 7)
        passed, since = timedelta(), a
        for number in range(weeks):
            begin, end = (self._moment(first + WEEK * (number + more), 0) for more in (0, 1))
            passed += self._worked(since, begin) + self._week(begin, end)
            since = end
        return (passed + self._worked(since, b)) / timedelta(hours=1)

    def _week(self, begin: datetime, end: datetime) -> timedelta:
        """What is worked in seven days from a midnight to another."""
        if end - begin != WEEK:
            return self._worked(begin, end)
        first = begin.astimezone(self.zone).date()
        days = sum(self.is_working(first + ONE_DAY * number) for number in range(7))
        return days * timedelta(minutes=sum(end - start for start, end in self.hours))

    def _worked(self, a: datetime, b: datetime) -> timedelta:
        passed = timedelta()
        for start, end in self._spans(a, b) if a < b else ():
            passed += max(min(end, b) - max(start, a), timedelta())
        return passed

    def _around(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        return self._spans(moment, moment)

    def _spans(
        self, since: datetime, until: datetime | None = None
    ) -> Iterator[tuple[datetime, datetime]]:
        """Working spans in UTC, in order and apart, from the one that holds `since` on."""
        # One day more on both sides: a zone may move its clock over midnight.
        first = since.astimezone(self.zone).date() - ONE_DAY
        last = until.astimezone(self.zone).date() + ONE_DAY if until else None
        ended = datetime.min.replace(tzinfo=UTC)
        for day in self._working_days(first, last):
            for span in self.hours:
                start, end = (self._moment(day, minutes) for minutes in span)
                # When clocks are put forward, hours that do not exist fall onto others.
                start = max(start, ended)
                if start < end:
                    ended = end
                    if end >= since:
                        yield start, end

    def _moment(self, day: date, minutes: int) -> datetime:
        if minutes == DAY:
            day, minutes = day + ONE_DAY, 0
        local = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60,
                         tzinfo=self.zone)
        return local.astimezone(UTC)

    def _working_days(self, day: date, last: date | None = None) -> Iterator[date]:
        """From this day on. Raises `NoWorkingTimeError` where nobody works for years."""
        rested = 0
        while last is None or day <= last:
            if self.is_working(day):
                rested = 0
                yield day
            else:
                rested += 1
                if last is None and rested > LONGEST_REST:
                    raise NoWorkingTimeError(f"no working day for years before {day}")
            day += ONE_DAY
