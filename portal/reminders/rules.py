"""When a message leaves, and through which channel: pure rules on plain values."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MEDIA = ("mail", "chat", "sms")
FIRST = ("none", *MEDIA, "digest")
SECOND = ("none", *MEDIA)
# A digest is long: it goes where there is room to read it.
DIGEST_MEDIA = ("mail", "chat")
# Minutes until the next attempt; after the last one the message is given up.
PAUSES = (1, 5, 15, 60, 240)
# So long a process may take over a message before another one may take it up.
LEASE = timedelta(minutes=5)
# What has been handled so long ago is removed.
KEPT = timedelta(days=180)
LATER_AT = time(9, 0)
LONGEST_ADDRESS = 200
_MAIL = re.compile(r"[^@\s,;:<>\"'?&#/\\]+@[^@\s,;:<>\"'?&#/\\]+\.[^@\s,;:<>\"'?&#/\\]+")
_PHONE = re.compile(r"\+?[0-9]{5,15}")


@dataclass(frozen=True)
class Wishes:
    """Which channels a person chose for a category: one of `FIRST`, one of `SECOND`."""

    first: str
    second: str = "none"


@dataclass(frozen=True)
class Times:
    """When a person wants quiet (neither: never) and the digest (`digest_day` 0 is Monday,
    None is every working day), in the zone of the portal."""

    quiet_from: time | None = time(20, 0)
    quiet_until: time | None = time(8, 0)
    digest_at: time = time(8, 30)
    digest_day: int | None = None


@dataclass(frozen=True)
class Planned:
    """A message that will leave, unless the work is done before."""

    medium: str
    due_at: datetime
    step: int = 1
    digest: bool = False


def usual(urgent: bool, reachable: Collection[str]) -> Wishes:
    """What holds for who chose nothing."""
    if not urgent:
        return Wishes("digest")
    return Wishes("mail", "chat" if "chat" in reachable else "sms")


def ways(urgent: bool, wishes: Wishes, reachable: Collection[str]) -> list[str]:
    """The channels in their order, at most two; the digest stands alone.

    A channel that does not reach the person is passed over. When that leaves none, what is
    urgent takes any other, and the rest comes with the digest.
    """
    if wishes.first == "none":
        return []
    first = "mail" if urgent and wishes.first == "digest" else wishes.first
    direct = [way for way in dict.fromkeys((first, wishes.second)) if way in reachable]
    if urgent and not direct:
        return [medium for medium in MEDIA if medium in reachable][:1]
    if direct and first != "digest":
        return direct
    return ["digest"] if digest_medium(reachable) else []


def digest_medium(reachable: Collection[str]) -> str | None:
    return next((medium for medium in DIGEST_MEDIA if medium in reachable), None)


def plan(
    urgent: bool, wishes: Wishes | None, reachable: Collection[str], times: Times, now: datetime,
    zone: ZoneInfo, escalate: timedelta, is_working: Callable[[date], bool],
) -> list[Planned]:
    """The messages that a new notification sends, soonest first."""
    chosen = ways(urgent, wishes or usual(urgent, reachable), reachable)
    if chosen == ["digest"]:
        due = next_digest(now, times, zone, is_working)
        return [Planned(digest_medium(reachable) or "mail", due, digest=True)]
    start = now if urgent else after_quiet(now, times, zone)
    return [
        Planned(medium, start + number * escalate, step=number + 1)
        for number, medium in enumerate(chosen)
    ]


def is_quiet(moment: datetime, times: Times, zone: ZoneInfo) -> bool:
    """Whether the moment is in the quiet hours, which may cross midnight."""
    start, end = times.quiet_from, times.quiet_until
    if start is None or end is None or start == end:
        return False
    clock = moment.astimezone(zone).time()
    return start <= clock < end if start < end else clock >= start or clock < end


def after_quiet(moment: datetime, times: Times, zone: ZoneInfo) -> datetime:
    """The moment itself, or the end of the quiet hours in which it lies."""
    if times.quiet_until is None or not is_quiet(moment, times, zone):
        return moment
    return next_time(moment, times.quiet_until, zone)


def next_time(moment: datetime, clock: time, zone: ZoneInfo, days: int = 0) -> datetime:
    """When the clock shows this time next, after `moment` and so many days later."""
    local = moment.astimezone(zone)
    ahead = days if clock > local.time() else days + 1
    day = local.date() + timedelta(days=ahead)
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)


def next_digest(
    now: datetime, times: Times, zone: ZoneInfo, is_working: Callable[[date], bool]
) -> datetime:
    """When the person gets the next digest: on their weekday, or on the next working day."""
    coming = [next_time(now, times.digest_at, zone, days) for days in range(21)]
    fitting = (moment for moment in coming if _fits(moment, times, zone, is_working))
    return after_quiet(next(fitting, coming[0]), times, zone)


def _fits(
    moment: datetime, times: Times, zone: ZoneInfo, is_working: Callable[[date], bool]
) -> bool:
    day = moment.astimezone(zone).date()
    return is_working(day) if times.digest_day is None else day.weekday() == times.digest_day


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """When a message that failed `attempts` times is tried again; None: it is given up."""
    if not 1 <= attempts <= len(PAUSES):
        return None
    return now + timedelta(minutes=PAUSES[attempts - 1])


def later(now: datetime, when: str, zone: ZoneInfo) -> datetime:
    """`hour`: in an hour; otherwise tomorrow morning."""
    if when == "hour":
        return now + timedelta(hours=1)
    day = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, LATER_AT, tzinfo=zone).astimezone(UTC)


def tidy_address(medium: str, written: str) -> str | None:
    """The address as it is stored; None when it cannot be one."""
    text = "".join(sign for sign in written.strip() if sign.isprintable())
    if medium == "sms":
        text = re.sub(r"[\s().-]", "", text)
        return text if _PHONE.fullmatch(text) else None
    if medium == "mail":
        return text if _MAIL.fullmatch(text) and len(text) <= 254 else None
    return text if 0 < len(text) <= LONGEST_ADDRESS else None
