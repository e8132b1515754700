"""The days of care, for the calendar of whoever has the customer."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.care.models import CareTask
from portal.leads.care.subjects import title_of
from portal.people.rules import SELLERS, Actor
from portal.reminders.calendar.sources import Entry

MOST = 200


def entries(actor: Actor, from_day: date, to_day: date) -> Iterator[Entry]:
    """What is still to be done in these days, for whoever still sells."""
    if actor.role not in SELLERS:
        return
    query = (
        select(CareTask).join(CareTask.customer)
        .options(contains_eager(CareTask.customer), joinedload(CareTask.contact))
        .where(CareTask.done_at.is_(None), CareTask.due_on >= from_day, CareTask.due_on < to_day,
               Customer.owner_id == actor.id, Customer.voided_at.is_(None))
        .order_by(CareTask.due_on, CareTask.id).limit(MOST)
    )
    for task in db.session.scalars(query):
        yield Entry(
            uid=f"care-{task.id}", starts=task.due_on, made=task.opened_at,
            changed=task.opened_at, summary=title_of(task),
            url=url_for("care.of_customer", customer_id=task.customer_id,
                        _anchor=f"task-{task.id}"),
        )
