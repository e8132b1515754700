"""Tasks of care: opened once, done, dropped with a reason, over by themselves."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from portal.core import audit, clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.inserting import insert_new
from portal.core.text import line
from portal.customers.actions.activity import touch
from portal.customers.actions.timeline import note
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.care import rules
from portal.leads.care.models import CareTask
from portal.people.rules import Actor
from portal.reminders.actions import settle

LONGEST_AHEAD = timedelta(days=20 * 366)


def open_tasks(wanted: Iterable[Mapping[str, Any]], now: datetime) -> Sequence[CareTask]:
    """Open those tasks (`customer_id`, `kind`, `key`, `due_on`, maybe `contact_id`, `detail`)
    whose key nobody has opened before; the new ones."""
    rows = [{"contact_id": None, "detail": {}, "opened_at": now, "was_dropped": False,
             "outcome": "", **each} for each in wanted]
    made = insert_new(CareTask, sorted(rows, key=lambda row: row["key"]))
    return [task for start in range(0, len(made), 200) for task in db.session.scalars(
        select(CareTask).where(CareTask.id.in_(made[start:start + 200])).order_by(CareTask.id))]


def open_or_wake(wanted: Mapping[str, Any], now: datetime) -> None:
    """Open this task; one of the same key that was over by itself waits again. What somebody did
    or dropped stays as it is."""
    if open_tasks([wanted], now):
        return
    task = db.session.scalars(
        select(CareTask).where(CareTask.key == wanted["key"])
        .with_for_update(of=CareTask, key_share=True)).one()
    if task.done_at is not None and task.done_by_id is None:
        task.done_at, task.was_dropped = None, False
        task.due_on, task.detail = wanted["due_on"], wanted.get("detail", {})


def finish_task(
    actor: Actor, task: CareTask, outcome: str, now: datetime, *, dropped: bool = False
) -> None:
    """The task is done, which counts as something done with the customer; or it is dropped, with
    a reason. Twice does no more than once. Raises `Refused`."""
    _hold(task)
    if not task.is_open:
        return
    words = line(outcome)[: rules.LONGEST_OUTCOME]
    if dropped and not words:
        raise Refused(_l("Say why."))
    task.done_at, task.done_by_id = now, actor.id
    task.was_dropped, task.outcome = dropped, words
    settle(f"care:{task.id}", now)
    if not dropped:
        touch(task.customer, now)
    kind = "care.dropped" if dropped else "care.done"
    note(task.customer_id, kind, actor.id, now, subject=f"care:{task.id}",
         text="" if dropped else words, reason=words if dropped else "", task=task.kind,
         name=task.contact.name if task.contact else "")
    audit.record(actor.id, kind, task.customer.ref, now, task=task.kind, task_id=task.id)


def reopen_task(actor: Actor, task: CareTask, now: datetime) -> None:
    """Not done after all."""
    _hold(task)
    if task.is_open:
        return
    task.done_at = task.done_by_id = None
    task.was_dropped, task.outcome = False, ""
    note(task.customer_id, "care.reopened", actor.id, now, subject=f"care:{task.id}",
         task=task.kind, name=task.contact.name if task.contact else "")
    audit.record(actor.id, "care.reopened", task.customer.ref, now, task=task.kind,
                 task_id=task.id)


def over_by_itself(conditions: Sequence[Any], now: datetime) -> None:
    """Open tasks under these conditions have nothing left to do: the day passed, or what they
    waited for happened."""
    query = (
        update(CareTask).where(CareTask.done_at.is_(None), *conditions)
        .values(done_at=now, was_dropped=True).returning(CareTask.id)
        .execution_options(synchronize_session=False)
    )
    for task_id in db.session.scalars(query).all():
        settle(f"care:{task_id}", now)


def set_renewal(
    actor: Actor, customer: Customer, day: date | None, reason: str, now: datetime
) -> bool:
    """Until when the contract runs; changing a known day asks for a reason. False when nothing
    differs. Raises `Refused`."""
    before = customer.renewal_on
    if before == day:
        return False
    if before is not None and not line(reason):
        raise Refused(_l("Say why what was known is wrong."))
    if day is not None and abs(day - clock.today()) > LONGEST_AHEAD:
        raise Refused(_l("This is more than 20 years away. Is the year right?"))
    customer.renewal_on = day
    customer.version += 1
    note(customer.id, "care.renewal", actor.id, now, reason=reason,
         changes={"renewal_on": [before and before.isoformat(), day and day.isoformat()]})
    audit.record(actor.id, "care.renewal", customer.ref, now, day=day and day.isoformat())
    return True


def _hold(task: CareTask) -> None:
    """One change at a time."""
    db.session.flush()
    db.session.refresh(task, with_for_update={"of": CareTask, "key_share": True})
