"""How a duplicate claim ends: whose the customer is, or that there are two."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block
from portal.customers.actions import ownership
from portal.customers.actions.holding import hold as hold_customer
from portal.customers.actions.holding import hold_names
from portal.customers.actions.timeline import note
from portal.customers.rules import REP
from portal.extensions import db
from portal.leads import rules as lead_rules
from portal.leads.actions.giving import give_lead
from portal.leads.actions.holding import hold_people
from portal.leads.claims import rules
from portal.leads.claims.actions.typed import add_typed_contacts, record_second, record_typed_lead
from portal.leads.claims.events import ClaimDecided
from portal.leads.claims.models import Claim
from portal.leads.claims.queries.lists import open_leads_of
from portal.leads.pool.actions.claiming import claim_lead
from portal.leads.pool.actions.steps import hold_leads, refuse_former, refuse_full
from portal.people.rules import Actor


@dataclass(frozen=True)
class Decision:
    """One of `rules.OUTCOMES`, and why. `name` is what the second company is called, when both
    are typed the same and yet two."""

    outcome: str
    reason: str
    name: str = ""


def decide_claim(actor: Actor, claim: Claim, decision: Decision, now: datetime) -> None:
    """Let it be so, all of it in this transaction. Raises `Refused` without a reason, for a claim
    that is past that, and when what the decision needs cannot be. Publishes `ClaimDecided`."""
    reason = block(decision.reason)[: rules.LONGEST_REASON]
    _hold(claim)
    if not claim.is_sent:
        raise Refused(_l("This claim is decided or withdrawn by now."))
    if not reason:
        raise Refused(_l("Say why: both sides read it."))
    if decision.outcome not in _ENDS:
        raise Refused(_l("Choose one of the list."))
    if claim.claimant.deactivated_at is not None and decision.outcome != rules.STAYS:
        raise Refused(_l("%(name)s no longer works here.", name=claim.claimant.name))
    _ENDS[decision.outcome](actor, claim, decision, now)
    _end(actor, claim, decision.outcome, reason, now)


def take_from_pool(actor: Actor, claim: Claim, now: datetime) -> None:
    """The customer is in the pool: no decision is needed, only what the limits allow. One deal of
    theirs is claimed, the others come along. Raises `Refused` like a claim from the pool.
    Publishes `ClaimDecided`."""
    _hold(claim)
    if not (claim.is_typed or claim.is_sent):
        raise Refused(_l("This claim is decided or withdrawn by now."))
    customer = claim.customer
    if customer.owner_id is not None:
        raise Refused(_l("%(name)s has this customer by now.",
                         name=customer.owner.name if customer.owner else ""))
    waiting = [lead for lead in open_leads_of(customer.id) if lead.owner_id is None]
    if not waiting:
        ownership.give(customer, actor.id, actor.id, now)
        waiting = [record_typed_lead(claim, customer, now, owner_id=None)]
    refuse_full(actor.id, len(waiting))
    for lead in waiting:
        refuse_former(lead, actor.id, now)
    claim_lead(actor, waiting[0], now)
    for lead in waiting[1:]:
        give_lead(actor.id, lead, actor.id, now, why=lead_rules.ALONG)
    claim.lead_id = waiting[0].id
    add_typed_contacts(claim, customer, now)
    _end(actor, claim, rules.MOVES, "", now)


def _hold(claim: Claim) -> None:
    """Everything a decision changes, before anything is written."""
    # What is typed may become a customer, or contacts of one.
    hold_names()
    db.session.refresh(claim, with_for_update={"of": Claim, "key_share": True})
    hold_people([claim.claimant_id])
    hold_leads([lead.id for lead in open_leads_of(claim.customer_id)])
    hold_customer(claim.customer)


def _move(actor: Actor, claim: Claim, decision: Decision, now: datetime) -> None:
    """The customer and the deals of whoever had it go to the claimant, with what was typed."""
    customer, former = claim.customer, claim.customer.owner_id
    for lead in open_leads_of(customer.id):
        if lead.owner_id in (former, None):
            give_lead(actor.id, lead, claim.claimant_id, now, why=lead_rules.ARBITRATED)
    ownership.give(customer, claim.claimant_id, actor.id, now)
    add_typed_contacts(claim, customer, now)
    theirs = [lead for lead in open_leads_of(customer.id) if lead.owner_id == claim.claimant_id]
    claim.lead_id = (theirs[0] if theirs else record_typed_lead(
        claim, customer, now, owner_id=claim.claimant_id)).id


def _stay(actor: Actor, claim: Claim, decision: Decision, now: datetime) -> None:
    """Nothing moves; what was typed stays readable to the claimant."""


def _together(actor: Actor, claim: Claim, decision: Decision, now: datetime) -> None:
    """The customer stays; the claimant works for it too."""
    ownership.join(claim.customer, claim.claimant_id, REP, now, actor_id=actor.id)
    add_typed_contacts(claim, claim.customer, now)


def _both(actor: Actor, claim: Claim, decision: Decision, now: datetime) -> None:
    """Two companies: the claimant's is recorded, without what belongs to the other."""
    claim.lead_id = record_second(claim, decision.name, now).id


_ENDS: Mapping[str, Callable[[Actor, Claim, Decision, datetime], None]] = {
    rules.MOVES: _move, rules.STAYS: _stay, rules.TOGETHER: _together, rules.BOTH: _both,
}


def _end(actor: Actor, claim: Claim, outcome: str, reason: str, now: datetime) -> None:
    claim.state, claim.outcome, claim.reason = rules.DECIDED, outcome, reason
    claim.decided_at, claim.decided_by_id = now, actor.id
    note(claim.customer_id, "claim.decided", actor.id, now, subject=claim.ref, text=reason,
         outcome=outcome, name=claim.claimant.name)
    audit.record(actor.id, "claim.decided", claim.ref, now, outcome=outcome,
                 customer=claim.customer_id, lead=claim.lead_id)
    publish(ClaimDecided(claim.id, actor.id))
