"""Write down which messages leave the portal for new notifications."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from portal.core import clock, jobs
from portal.core.inserting import insert_new
from portal.core.unit_of_work import after_commit
from portal.options.queries import value
from portal.reminders.kinds import Kind
from portal.reminders.models import Dispatch
from portal.reminders.queries.reach import reach_of
from portal.reminders.rules import Planned, plan
from portal.workdays.queries import calendar

SEND = "send_messages"


def plan_messages(kind: Kind, notifications: Mapping[int, int], now: datetime) -> None:
    """Plan the messages for these new notifications (person → id), in the running transaction;
    those that are due leave after its commit."""
    reaches = reach_of(notifications, kind.category)
    zone, minutes = clock.zone(), timedelta(minutes=value("reminders.escalate_minutes"))
    is_working = calendar().is_working
    rows = []
    for person, number in notifications.items():
        reach = reaches[person]
        for planned in plan(kind.urgent, reach.wishes, reach.reachable, reach.times, now, zone,
                            minutes, is_working):
            if not (planned.digest and reach.digest_waits):
                rows.append(_row(person, number, planned, kind, now))
    # In the order of their keys, so that two who plan the same cannot wait for each other.
    insert_new(Dispatch, sorted(rows, key=lambda row: str(row["key"])))
    if any(row["due_at"] <= now for row in rows):
        send_soon()


def send_soon() -> None:
    """Have what is due sent right after the running transaction is committed."""
    after_commit(SEND, lambda: jobs.wake(SEND))


def _row(
    person: int, notification: int, planned: Planned, kind: Kind, now: datetime
) -> dict[str, Any]:
    key = f"digest:{person}:{planned.due_at:%Y%m%d%H%M}" if planned.digest else (
        f"notification:{notification}:{planned.step}"
    )
    return {
        "key": key, "person_id": person, "medium": planned.medium, "step": planned.step,
        "notification_id": None if planned.digest else notification, "digest": planned.digest,
        "urgent": kind.urgent, "due_at": planned.due_at, "created_at": now,
    }
