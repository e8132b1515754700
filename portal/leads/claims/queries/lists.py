"""Claims as lists, and one with everything its page shows."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from portal.extensions import db
from portal.leads.claims import rules
from portal.leads.claims.models import Claim, ClaimEvidence
from portal.leads.claims.queries.reading import readable_by
from portal.leads.models import Lead
from portal.leads.queries.reading import IN_POOL
from portal.leads.rules import OPEN
from portal.people.rules import Actor

MINE, TO_DECIDE, AGAINST, PEOPLE = "mine", "decide", "against", "people"
TABS = (MINE, TO_DECIDE, AGAINST, PEOPLE)
MOST = 10


def claims_of(actor: Actor, tab: str) -> Select[Claim]:
    """One's own, those one is to decide, those about one's own customers, or all one may read."""
    query = _listed().where(readable_by(actor))
    if tab == TO_DECIDE:
        return query.where(_waits(actor)).order_by(Claim.sent_at, Claim.id)
    if tab == MINE:
        query = query.where(Claim.claimant_id == actor.id)
    elif tab == AGAINST:
        query = query.where(Claim.owner_id == actor.id, Claim.sent_at.is_not(None))
    return query.order_by(Claim.id.desc())


def counts(actor: Actor) -> dict[str, int]:
    """How many wait for this person's decision, and for their answer."""
    return {TO_DECIDE: _count(_waits(actor)), AGAINST: _count(_against(actor))}


def to_decide(actor: Actor) -> Sequence[Claim]:
    """What waits for this person's decision, the oldest first."""
    query = _listed().where(_waits(actor)).order_by(Claim.sent_at, Claim.id)
    return db.session.scalars(query.limit(MOST)).all()


def to_answer(actor: Actor) -> Sequence[Claim]:
    """Claims on this person's customers to which they have said nothing yet."""
    said = select(ClaimEvidence.claim_id).where(ClaimEvidence.person_id == actor.id)
    query = _listed().where(_against(actor), Claim.id.not_in(said)).order_by(Claim.sent_at)
    return db.session.scalars(query.limit(MOST)).all()


def unsent(actor: Actor) -> Sequence[Claim]:
    """What this person typed and neither sent nor gave up."""
    query = _listed().where(Claim.claimant_id == actor.id, Claim.state == rules.TYPED)
    return db.session.scalars(query.order_by(Claim.id).limit(MOST)).all()


def shown(claim_id: int) -> Claim | None:
    """A claim with its people, evidence and photos."""
    query = _listed().where(Claim.id == claim_id).options(
        selectinload(Claim.evidence).options(
            joinedload(ClaimEvidence.person), selectinload(ClaimEvidence.photos)))
    return db.session.scalar(query)


def pool_leads_of(customer_id: int) -> Sequence[Lead]:
    """Open deals with this customer that nobody has."""
    query = select(Lead).where(Lead.customer_id == customer_id, IN_POOL)
    return db.session.scalars(query.order_by(Lead.id)).all()


def open_leads_of(customer_id: int) -> Sequence[Lead]:
    query = select(Lead).where(Lead.customer_id == customer_id, Lead.status == OPEN)
    return db.session.scalars(query.order_by(Lead.id)).all()


def due(now: datetime) -> Sequence[int]:
    """Sent, and not decided in time."""
    query = select(Claim.id).where(Claim.state == rules.SENT, Claim.due_at <= now)
    return db.session.scalars(query.order_by(Claim.id).limit(500)).all()


def _waits(actor: Actor) -> ColumnElement[bool]:
    return (Claim.decider_id == actor.id) & (Claim.state == rules.SENT)


def _against(actor: Actor) -> ColumnElement[bool]:
    return (Claim.owner_id == actor.id) & (Claim.state == rules.SENT)


def _count(condition: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(Claim).where(condition)) or 0


def _listed() -> Select[Claim]:
    return select(Claim).options(
        joinedload(Claim.customer), joinedload(Claim.claimant), joinedload(Claim.owner),
        joinedload(Claim.decider), joinedload(Claim.decided_by),
    )
