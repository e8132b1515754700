"""Flags: the open ones of a case, and those that wait for a person."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.cases.models import Case, Flag
from portal.cases.queries.cases import readable_by
from portal.cases.rules import LIVE
from portal.cases.trust.queries.leading import led_directly_by
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor

MOST = 20


def open_flags(case: Case) -> Sequence[Flag]:
    """Those of this case that nobody has answered, the oldest first; `person` is loaded, to be
    shown only to whom the case is."""
    query = (
        select(Flag).options(joinedload(Flag.person), joinedload(Flag.duplicate_of))
        .where(Flag.case_id == case.id, Flag.resolved_at.is_(None))
        .order_by(Flag.created_at, Flag.id)
    )
    return db.session.scalars(query).all()


def waiting_for(actor: Actor) -> Select[Flag]:
    """Open flags on one's own cases, and on those of people one leads directly."""
    theirs = led_directly_by(actor) if actor.is_manager else Case.owner_id == actor.id
    return (
        select(Flag).join(Flag.case).join(User, User.id == Case.owner_id)
        .options(contains_eager(Flag.case), joinedload(Flag.person))
        .where(Flag.resolved_at.is_(None), Case.confidence.in_(LIVE), readable_by(actor),
               or_(Case.owner_id == actor.id, theirs))
        .order_by(Flag.created_at, Flag.id).limit(MOST)
    )
