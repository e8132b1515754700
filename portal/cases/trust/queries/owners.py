"""Whose cases wait for a new owner."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.cases.rules import PRIVATE
from portal.cases.trust.queries.leading import led_directly_by
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor


def cases_of(actor: Actor, person: User) -> Sequence[Case]:
    """What somebody owned and this person may read; drafts stay theirs."""
    query = select(Case).where(
        Case.owner_id == person.id, Case.confidence.not_in(PRIVATE), readable_by(actor)
    )
    return db.session.scalars(query.order_by(Case.id)).all()


def leavers(actor: Actor) -> Sequence[Any]:
    """People one led directly who left and still own cases: id, name, since, how many."""
    query = (
        select(User.id, User.name, User.deactivated_at, func.count().label("cases"))
        .select_from(Case).join(User, User.id == Case.owner_id)
        .where(User.deactivated_at.is_not(None), led_directly_by(actor), readable_by(actor),
               Case.confidence.not_in((*PRIVATE, "archived")))
        .group_by(User.id, User.name, User.deactivated_at).order_by(User.name, User.id)
    )
    return db.session.execute(query).all()
