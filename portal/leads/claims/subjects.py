"""Duplicate claims as what news is about."""

from collections.abc import Collection, Mapping

from flask import url_for
from sqlalchemy import select

from portal.extensions import db
from portal.leads.claims.models import Claim
from portal.leads.claims.queries.reading import readable_by
from portal.people.rules import SELLERS, Actor
from portal.reminders.subjects import About, Subject


def _about(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    if actor.role not in SELLERS:
        return {}
    query = select(Claim.id, Claim.title).where(Claim.id.in_(ids), readable_by(actor))
    return {row.id: About(row.title, url_for("claims.show", claim_id=row.id))
            for row in db.session.execute(query)}


SUBJECTS = (Subject("claim", _about),)
