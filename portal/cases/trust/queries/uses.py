"""Reuses: one's own of a case, and those of which nobody has said whether they helped."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from portal.cases.models import Case, Reuse
from portal.cases.queries.cases import readable_by
from portal.cases.rules import LIVE
from portal.cases.trust.rules import FORGET_AFTER
from portal.extensions import db
from portal.people.rules import Actor

MOST = 10


def last_use(actor: Actor, case: Case) -> Reuse | None:
    """One's own newest reuse of this case."""
    return db.session.scalar(
        select(Reuse).where(Reuse.case_id == case.id, Reuse.person_id == actor.id)
        .order_by(Reuse.reused_at.desc(), Reuse.id.desc()).limit(1)
    )


def unreviewed(actor: Actor, now: datetime) -> Select[Reuse]:
    """One's own reuses without a word about them, the oldest first; what is long past is not
    asked any more."""
    return (
        select(Reuse).join(Reuse.case).options(contains_eager(Reuse.case))
        .where(Reuse.person_id == actor.id, Reuse.outcome.is_(None),
               Reuse.reused_at >= now - FORGET_AFTER, Case.confidence.in_(LIVE),
               readable_by(actor))
        .order_by(Reuse.reused_at, Reuse.id).limit(MOST)
    )
