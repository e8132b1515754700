"""A claim is sent to be decided, withdrawn, or put back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.customers.actions.timeline import note
from portal.extensions import db
from portal.leads.claims import rules
from portal.leads.claims.actions.evidence import Photo, Said, Shelf, place_evidence
from portal.leads.claims.events import ClaimSent, ClaimWithdrawn
from portal.leads.claims.models import Claim
from portal.leads.claims.queries.reading import decider_of
from portal.options.queries import value
from portal.people.queries import team_tree
from portal.people.rules import Actor
from portal.workdays.queries import calendar


def send_claim(
    actor: Actor, claim: Claim, said: Said, photos: Sequence[Photo], shelf: Shelf, now: datetime
) -> None:
    """Ask for a decision, with evidence: by the lowest leader whom both sides have in common.

    Raises `Refused` for a claim that is past that, and for a customer who is in the pool or the
    claimant's own by now. Publishes `ClaimSent`.
    """
    _hold(claim)
    if not claim.is_typed:
        raise Refused(_l("This claim was sent already, or given up."))
    customer = claim.customer
    if customer.owner_id is None:
        raise Refused(_l("The customer is in the pool by now: nobody need decide, just claim it."))
    if customer.owner_id == actor.id:
        raise Refused(_l("The customer is yours by now."))
    place_evidence(actor, claim, said, photos, shelf, now)
    claim.owner_id = customer.owner_id
    claim.state, claim.sent_at = rules.SENT, now
    claim.decider_id = decider_of(claim, team_tree())
    claim.due_at = calendar().after(now, float(value("claims.hours")))
    note(customer.id, "claim.sent", actor.id, now, subject=claim.ref)
    audit.record(actor.id, "claim.sent", claim.ref, now, customer=customer.id,
                 owner=claim.owner_id, decider=claim.decider_id)
    publish(ClaimSent(claim.id, actor.id))


def withdraw_claim(actor: Actor, claim: Claim, now: datetime) -> None:
    """Give it up; what was typed stays readable, and `put_back_claim` undoes it. Publishes
    `ClaimWithdrawn`."""
    _hold(claim)
    if claim.state == rules.WITHDRAWN:
        return
    if claim.is_decided:
        raise Refused(_l("This claim is decided by now."))
    claim.state, claim.withdrawn_at = rules.WITHDRAWN, now
    if claim.sent_at is not None:
        note(claim.customer_id, "claim.withdrawn", actor.id, now, subject=claim.ref)
    audit.record(actor.id, "claim.withdrawn", claim.ref, now)
    publish(ClaimWithdrawn(claim.id, actor.id))


def put_back_claim(actor: Actor, claim: Claim, now: datetime) -> None:
    """As if it had not been withdrawn. Raises `Refused` when there is a newer one. Publishes
    `ClaimSent` when it had been sent."""
    _hold(claim)
    if claim.state != rules.WITHDRAWN:
        return
    other = select(Claim.id).where(
        Claim.claimant_id == claim.claimant_id, Claim.customer_id == claim.customer_id,
        Claim.state.in_((rules.TYPED, rules.SENT)))
    if db.session.scalar(other.limit(1)) is not None:
        raise Refused(_l("You have a newer claim on this customer."))
    claim.state = rules.SENT if claim.sent_at is not None else rules.TYPED
    claim.withdrawn_at = None
    audit.record(actor.id, "claim.put_back", claim.ref, now)
    if claim.is_sent:
        note(claim.customer_id, "claim.sent", actor.id, now, subject=claim.ref)
        publish(ClaimSent(claim.id, actor.id))


def _hold(claim: Claim) -> None:
    db.session.refresh(claim, with_for_update={"of": Claim, "key_share": True})
