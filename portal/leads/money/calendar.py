"""The days on which money is due, for the calendar of whoever collects it."""

from collections.abc import Iterator
from datetime import date

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from portal.core.i18n import gettext as _
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.money.models import Receivable
from portal.leads.money.queries import IS_OPEN, deals_of
from portal.leads.words import money
from portal.people.rules import Actor
from portal.reminders.calendar.sources import Entry

MOST = 200


def entries(actor: Actor, from_day: date, to_day: date) -> Iterator[Entry]:
    """What is still open and due in this time."""
    query = (
        select(Receivable).join(Lead, Lead.id == Receivable.lead_id)
        .where(IS_OPEN, Receivable.due_on >= from_day, Receivable.due_on < to_day,
               Receivable.lead_id.in_(deals_of([actor.id])))
        .options(contains_eager(Receivable.lead).options(joinedload(Lead.customer)))
        .order_by(Receivable.due_on, Receivable.id).limit(MOST)
    )
    for each in db.session.scalars(query):
        yield Entry(
            uid=f"receivable-{each.id}", starts=each.due_on, made=each.created_at,
            summary=_("Payment due: %(customer)s, %(amount)s", customer=each.lead.customer.name,
                      amount=money(each.open_amount, each.lead.currency)),
            url=url_for("money.of_lead", lead_id=each.lead_id), changed=each.created_at,
        )
