"""Customers and their contacts as what news and reminders are about, for whoever may read them."""

from collections.abc import Collection, Mapping, Sequence

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from portal.customers.models import Contact, Customer, CustomerPerson
from portal.customers.queries.reading import readable_by, reads, sells
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders.subjects import About, Subject


def _about(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    query = select(Customer.id, Customer.name).where(Customer.id.in_(ids), readable_by(actor))
    return {
        customer_id: About(name, url_for("customers.show", customer_id=customer_id))
        for customer_id, name in db.session.execute(query)
    }


def _readers(customer_id: int, actors: Sequence[Actor]) -> Collection[int]:
    customer = db.session.get(Customer, customer_id, options=(
        selectinload(Customer.people).joinedload(CustomerPerson.person),))
    if customer is None:
        return ()
    return {actor.id for actor in actors if sells(actor) and reads(actor, customer)}


def _about_contact(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    query = (
        select(Contact).join(Contact.customer).options(joinedload(Contact.customer))
        .where(Contact.id.in_(ids), readable_by(actor))
    )
    return {
        each.id: About(f"{each.name} · {each.customer.name}", url_for(
            "customers.contacts", customer_id=each.customer_id, _anchor=f"contact-{each.id}"))
        for each in db.session.scalars(query)
    }


SUBJECTS = (Subject("customer", _about, _readers), Subject("contact", _about_contact))
