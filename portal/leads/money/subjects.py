"""Receivables as what reminders are about."""

from collections.abc import Collection, Mapping

from flask import url_for
from sqlalchemy import select

from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.money.models import Receivable
from portal.leads.queries.reading import readable_one
from portal.leads.words import money
from portal.people.rules import Actor
from portal.reminders.subjects import About, Subject


def _about(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    query = (
        select(Receivable, Customer.name, Lead.currency)
        .join(Lead, Lead.id == Receivable.lead_id).join(Lead.customer)
        .where(Receivable.id.in_(ids), readable_one(actor))
    )
    return {
        row.id: About(f"{customer} · {money(row.open_amount, currency)}",
                      url_for("money.of_lead", lead_id=row.lead_id))
        for row, customer, currency in db.session.execute(query)
    }


SUBJECTS = (Subject("receivable", _about),)
