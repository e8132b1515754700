"""Tasks of care as what people are told about."""

from collections.abc import Collection, Mapping

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from portal.customers.queries.reading import readable_by
from portal.extensions import db
from portal.leads.care.models import CareTask
from portal.leads.care.words import task_word
from portal.people.rules import Actor
from portal.reminders.subjects import About, Subject


def title_of(task: CareTask) -> str:
    """The customer, and what is to be done."""
    return f"{task.customer.name} · " + task_word(
        task.kind, task.contact.name if task.contact else "")


def _about(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    query = (
        select(CareTask).join(CareTask.customer)
        .options(contains_eager(CareTask.customer), joinedload(CareTask.contact))
        .where(CareTask.id.in_(ids), readable_by(actor))
    )
    return {
        task.id: About(title_of(task), url_for("care.of_customer", customer_id=task.customer_id,
                                               _anchor=f"task-{task.id}"))
        for task in db.session.scalars(query)
    }


SUBJECTS = (Subject("care", _about),)
