"""Care that is due, on the start page of whoever has the customer."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from flask import url_for
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.core import clock
from portal.core.today import Pressing, Row
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.care import rules, words
from portal.leads.care.models import CareTask
from portal.leads.care.subjects import title_of
from portal.people.rules import Actor

MOST = 8
# Tasks with a longer time stand here before their day.
AHEAD = timedelta(days=7)


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """Days to congratulate from the moment they are told of, everything else a week ahead."""
    today = clock.local_day(now)
    query = (
        select(CareTask).join(CareTask.customer)
        .options(contains_eager(CareTask.customer), joinedload(CareTask.contact))
        .where(CareTask.done_at.is_(None), Customer.owner_id == actor.id,
               Customer.voided_at.is_(None), CareTask.due_on <= today + AHEAD,
               or_(CareTask.kind.not_in(rules.OF_ONE_DAY), and_(
                   CareTask.kind.in_(rules.OF_ONE_DAY), CareTask.due_on >= today)))
        .order_by(CareTask.due_on, CareTask.id).limit(MOST)
    )
    for task in db.session.scalars(query):
        yield _row(task, now)


def _row(task: CareTask, now: datetime) -> Row:
    word, icon = words.KINDS[task.kind]
    there = url_for("care.of_customer", customer_id=task.customer_id, _anchor=f"task-{task.id}")
    late = task.due_on < clock.local_day(now)
    return Row(
        Pressing.DUE if late or task.kind in rules.OF_ONE_DAY else Pressing.GO_ON, str(word),
        f"{title_of(task)} ({words.due_word(task.due_on, clock.local_day(now))})", there, "",
        min(datetime.combine(task.due_on, time.min, clock.zone()), task.opened_at), icon,
        "red" if late else "blue", str(words.DONE), url_for("care.finish", care_id=task.id),
        post=True, key=f"care:{task.id}",
    )
