"""Back to the pool: by the owner, a manager or the clock; and taking that back."""

from datetime import datetime

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.leads import rules as lead_rules
from portal.leads.actions.giving import give_lead
from portal.leads.actions.holding import hold, hold_people
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.actions.steps import memory, note, recall, refuse_full, refuse_late
from portal.leads.pool.models import PoolStep
from portal.people.rules import Actor


def return_lead(actor: Actor, lead: Lead, reason: str, now: datetime) -> PoolStep:
    """Everybody who sells may claim it again. Raises `Refused` without a reason, and for a lead
    that is closed or in the pool already. Publishes `LeadReturned`."""
    said = line(reason)[: rules.LONGEST_REASON]
    if not said:
        raise Refused(_l("Say why it goes back, so that the next one knows."))
    hold(lead)
    if not lead.is_open:
        raise Refused(_l("This lead is closed by now."))
    if lead.owner_id is None:
        raise Refused(_l("This lead is in the pool already."))
    return put_into_pool(lead, rules.RETURNED, now, actor_id=actor.id, reason=said)


def put_into_pool(
    lead: Lead, what: str, now: datetime, *, actor_id: int | None, reason: str, days: int = 0
) -> PoolStep:
    """Write it down, and let nobody have it. The lead is held already. `days`: for so long nothing
    had been done."""
    step = note(lead, what, now, person_id=lead.owner_id, actor_id=actor_id, reason=reason,
                before={**memory(lead), "days": days})
    why = lead_rules.IDLE if what == rules.IDLE else lead_rules.RETURNED
    give_lead(actor_id, lead, None, now, why=why, reason=reason)
    return step


def put_back_lead(actor: Actor, step: PoolStep, now: datetime) -> None:
    """As if it had not been returned: who had it has it again, with the clocks it had. For a few
    minutes, and unless somebody claimed it meanwhile; raises `Refused` otherwise."""
    lead, owner_id = step.lead, step.person_id
    if owner_id is None:
        raise Refused(_l("Nobody had this lead."))
    hold_people([owner_id])
    hold(lead)
    refuse_late(step, now, rules.UNDO_FOR)
    if lead.owner is not None:
        raise Refused(_l("%(name)s has claimed it meanwhile.", name=lead.owner.name))
    if not lead.is_open:
        raise Refused(_l("This lead is closed by now."))
    refuse_full(owner_id)
    give_lead(actor.id, lead, owner_id, now, why=lead_rules.UNDONE)
    recall(lead, step.before)
    step.undone_at = now
