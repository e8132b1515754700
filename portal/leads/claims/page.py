"""What the page of a claim shows to whom: nobody learns more of the other side than they may."""

from typing import Any

from portal.cases.words import DECISION_ROLES
from portal.core import access, clock
from portal.core.templating import exact
from portal.customers import taken
from portal.customers.identity.keys import Match, Taken
from portal.leads.claims import words
from portal.leads.claims.models import Claim
from portal.leads.claims.queries import lists
from portal.leads.pool import words as pool_words
from portal.leads.pool.options import limits
from portal.leads.pool.queries.limits import barrier_for, holding
from portal.people.rules import Actor


def shown(actor: Actor, claim: Claim) -> dict[str, Any]:
    """Everything beside the forms."""
    own = claim.claimant_id == actor.id
    is_owner = actor.id == claim.owner_id
    decides = access.allows(actor, "claim:decide", claim)
    over = claim.is_decided
    return {
        "own": own, "is_owner": is_owner, "decides": decides and claim.is_sent,
        "answers": access.allows(actor, "claim:answer", claim), "words": words,
        "typed": list(words.typed_groups(claim)) if not is_owner or over else [],
        "in_the_way": [] if over else _in_the_way(claim),
        "said": [each for each in claim.evidence if over or not own or each.person_id == actor.id],
        "today_iso": clock.today().isoformat(), "role_words": DECISION_ROLES,
        "due": exact(claim.due_at) if claim.due_at else "",
        "knows_customer": access.allows(actor, "customer:read", claim.customer),
        "lead_readable": claim.lead_id is not None and own,
        **_pool(actor, claim, own),
    }


def _in_the_way(claim: Claim) -> list[str]:
    """Whose the customer is, since when and at which stage; never more of the file."""
    matches = [
        Match(key.get("customer_id", claim.customer_id), key["key"], key["verdict"], key["value"])
        for key in claim.keys
    ]
    return taken.sentences(Taken(matches))


def _pool(actor: Actor, claim: Claim, own: bool) -> dict[str, Any]:
    """Of a customer in the pool: whether the claimant may take it now."""
    waits = claim.is_typed or claim.is_sent
    if not (own and waits and claim.customer.owner_id is None):
        return {"takes": False, "barrier": ""}
    now = clock.now()
    held, waiting = holding(actor.id, now), lists.pool_leads_of(claim.customer_id)
    barrier = barrier_for(waiting[0], actor.id, held, now) if waiting else None
    return {"takes": True, "allowance": pool_words.allowance(held, limits()),
            "barrier": pool_words.why_not(barrier, limits()) if barrier else ""}
