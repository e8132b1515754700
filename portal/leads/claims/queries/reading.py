"""Who reads which claim, as a condition and of one; and who decides it."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, or_, select

from portal.extensions import db
from portal.leads.claims import rules
from portal.leads.claims.models import Claim
from portal.people.models import User
from portal.people.rules import SELLERS, Actor, TeamTree

MOST = 20


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """The claimant and whoever leads them; once it was sent also the owner, whoever leads the
    owner, and whoever decides."""
    led = select(User.id).where(User.team_id.in_(actor.tree.led_by(actor.id)))
    was_sent = Claim.sent_at.is_not(None)
    return or_(
        Claim.claimant_id == actor.id, Claim.claimant_id.in_(led),
        and_(was_sent, or_(Claim.owner_id == actor.id, Claim.owner_id.in_(led),
                           Claim.decider_id == actor.id, Claim.decided_by_id == actor.id)),
    )


def reads(actor: Actor, claim: Claim) -> bool:
    """The same of one claim."""
    if claim.claimant_id == actor.id or leads(actor, claim.claimant):
        return True
    if claim.sent_at is None:
        return False
    return actor.id in (claim.owner_id, claim.decider_id, claim.decided_by_id) or (
        claim.owner is not None and leads(actor, claim.owner))


def leads(actor: Actor, person: User) -> bool:
    """Whether this person leads the other, directly or from above."""
    return person.id != actor.id and person.team_id in actor.tree.led_by(actor.id)


def may_decide(actor: Actor, claim: Claim) -> bool:
    """Whoever was chosen, and whoever leads claimant and owner both; never one of the two."""
    if actor.id in parties(claim):
        return False
    above_both = leads(actor, claim.claimant) and (
        claim.owner is None or leads(actor, claim.owner))
    return actor.id == claim.decider_id or above_both


def parties(claim: Claim) -> set[int]:
    """The two (or one, of a customer in the pool) who must not decide."""
    return {person for person in (claim.claimant_id, claim.owner_id, claim.customer.owner_id)
            if person is not None}


def decider_of(claim: Claim, tree: TeamTree) -> int | None:
    """Who decides this claim as things stand (`rules.decider`)."""
    claimant, owner = claim.claimant, claim.customer.owner or claim.owner
    leaders = tree.leaders_above(claimant.id, claimant.team_id)
    owner_leaders = leaders if owner is None else tree.leaders_above(owner.id, owner.team_id)
    heads, managers = tree.heads(), _managers()
    return rules.decider(
        leaders, owner_leaders, heads, managers, parties=parties(claim),
        at_work=_at_work({*leaders, *heads, *managers}),
    )


def _managers() -> list[int]:
    query = select(User.id).where(User.role == "manager", User.deactivated_at.is_(None))
    return list(db.session.scalars(query.order_by(User.id).limit(MOST)))


def _at_work(people: Collection[int]) -> set[int]:
    """Those of them who work here and may have to do with customers at all."""
    query = select(User.id).where(User.id.in_(people), User.deactivated_at.is_(None),
                                  User.role.in_(SELLERS))
    return set(db.session.scalars(query)) if people else set()
