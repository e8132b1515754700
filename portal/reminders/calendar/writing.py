"""A calendar as RFC 5545 wants it: UTC moments, whole days, folded lines."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from portal.reminders.calendar.sources import Entry

PRODUCT = "-//Sales portal//Calendar//EN"
SHORT = timedelta(minutes=15)
# How often a calendar looks again, for those that ask.
AGAIN = timedelta(hours=1)


def written(
    entries: Iterable[Entry], name: str, zone: str, address: str, host: str
) -> bytes:
    """The file. `name` is what calendars show, `address` where its links lead; `host` makes the
    names of the entries unique in the world, and stays when the address changes."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry, address, host))
    return bytes(calendar.to_ical())


def _event(entry: Entry, address: str, host: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{host}")
    event.add("summary", entry.summary)
    _set_time(event, entry)
    # Without METHOD this is when the entry was last changed, so an unchanged file stays the same.
    for name in ("dtstamp", "last-modified"):
        event.add(name, _utc(entry.changed))
    event.add("created", _utc(entry.made))
    # Grows with every change and needs no counter.
    event.add("sequence", max(int((entry.changed - entry.made).total_seconds()), 0))
    link = f"{address}{entry.url}"
    event.add("url", link)
    event.add("description", f"{entry.note}\n{link}" if entry.note else link)
    if entry.alarm is not None:
        event.add_component(_alarm(entry))
    return event


def _set_time(event: Event, entry: Entry) -> None:
    """A reminder takes no time of the day: it never says that the person is busy."""
    starts = entry.starts
    if isinstance(starts, datetime):
        event.add("dtstart", _utc(starts))
        event.add("dtend", _utc(entry.ends or starts + SHORT))
        event.add("transp", "OPAQUE" if entry.ends else "TRANSPARENT")
    else:
        event.add("dtstart", date(starts.year, starts.month, starts.day))
        event.add("dtend", starts + timedelta(days=1))
        event.add("transp", "TRANSPARENT")


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.summary)
    alarm.add("trigger", -(entry.alarm or timedelta()))
    return alarm


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
