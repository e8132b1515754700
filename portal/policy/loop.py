"""Who closes a lead and opens it again, and who changes what was said of a case that was used."""

from portal.customers.models import TimelineEntry
from portal.leads.models import Lead
from portal.people.rules import Actor
from portal.policy.customers import assigns_lead, sells


def closes_lead(actor: Actor, lead: Lead) -> bool:
    """Its owner, or the owner's line manager; nobody closes what is in the pool or void."""
    if lead.owner_id is None or lead.status == "void":
        return False
    return (sells(actor, lead) and lead.owner_id == actor.id) or assigns_lead(actor, lead)


def changes_use(actor: Actor, entry: TimelineEntry) -> bool:
    """Whoever used the case."""
    return sells(actor, entry) and entry.kind == "case.used" and entry.actor_id == actor.id
