"""Visits as what news and reminders are about, for whoever may read them."""

from collections.abc import Collection, Mapping, Sequence

from flask import url_for
from sqlalchemy import select

from portal.customers.models import Customer
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders.subjects import About, Subject
from portal.visits.models import Visit
from portal.visits.queries import reading


def _about(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    query = (
        select(Visit.id, Customer.name).join(Customer, Customer.id == Visit.customer_id)
        .where(Visit.id.in_(ids), reading.readable_by(actor))
    )
    return {
        visit_id: About(name, url_for("visits.show", visit_id=visit_id))
        for visit_id, name in db.session.execute(query)
    }


def _readers(visit_id: int, actors: Sequence[Actor]) -> Collection[int]:
    visit = db.session.get(Visit, visit_id)
    return () if visit is None else {actor.id for actor in actors if reading.reads(actor, visit)}


VISIT = Subject("visit", _about, _readers)
