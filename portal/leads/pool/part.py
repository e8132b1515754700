"""The pool on the page of a lead: claim it, answer in time, or give it back."""

from collections.abc import Mapping
from typing import Any

from portal.core import access, clock
from portal.leads.display import way_url
from portal.leads.models import Lead
from portal.leads.pool import words
from portal.leads.pool.options import limits
from portal.leads.pool.queries.limits import barrier_for, holding
from portal.leads.pool.queries.pool import last_returns
from portal.people.rules import Actor


def part(actor: Actor, lead: Lead) -> Mapping[str, Any]:
    """What `leads/parts/pool.html` shows."""
    if not lead.is_open:
        return {"pool": None}
    now = clock.now()
    if lead.in_pool:
        held = holding(actor.id, now)
        barrier = barrier_for(lead, actor.id, held, now)
        return {"pool": {
            "waits": True, "claims": access.allows(actor, "lead:claim", lead),
            "why": words.back_word(last_returns([lead.id]).get(lead.id)),
            "allowance": words.allowance(held, limits()),
            "barrier": words.why_not(barrier, limits()) if barrier else "",
        }}
    if not lead.is_open:
        return {"pool": {"waits": False, "left": "", "late": False, "back_on": "",
                         "returns": False}}
    warned = lead.idle_warned_at is not None and lead.last_activity_at <= lead.idle_warned_at
    return {"pool": {
        "waits": False, "left": words.left_word(lead, now),
        "late": lead.response_due_at is not None and lead.response_due_at <= now,
        "by": words.due_word(lead), "back_on": words.goes_back_word(lead) if warned else "",
        "follow_up": way_url("visits.follow_up", lead), "own": lead.owner_id == actor.id,
        "returns": access.allows(actor, "lead:return", lead),
    }}
