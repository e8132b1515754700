"""Leads as what news and reminders are about."""

from collections.abc import Collection, Mapping

from flask import url_for
from sqlalchemy import select

from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.queries.reading import readable_one
from portal.leads.words import lead_title
from portal.people.rules import Actor
from portal.reminders.subjects import About, Subject


def _about(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    query = (
        select(Lead.id, Lead.title, Customer.name).join(Lead.customer)
        .where(Lead.id.in_(ids), readable_one(actor))
    )
    return {
        lead_id: About(lead_title(customer, title), url_for("leads.show", lead_id=lead_id))
        for lead_id, title, customer in db.session.execute(query)
    }


def _about_former(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    """Whoever had a lead knows what it was called, even without reading it any more."""
    query = (
        select(Lead.id, Lead.title, Customer.name, readable_one(actor)).join(Lead.customer)
        .where(Lead.id.in_(ids), Lead.former_owner_id == actor.id)
    )
    return {
        lead_id: About(lead_title(customer, title),
                       url_for("leads.show", lead_id=lead_id) if reads else url_for("home.today"))
        for lead_id, title, customer, reads in db.session.execute(query)
    }


SUBJECTS = (Subject("lead", _about), Subject("former-lead", _about_former))
