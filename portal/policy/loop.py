"""Who closes a lead and opens it again, and who changes what was said of a case that was used."""

from portal.core.access import Permission, Policy
from portal.customers.models import TimelineEntry
from portal.leads.models import Lead
from portal.people.rules import Actor
from portal.policy.customers import sells
from portal.policy.leads import answers_for_lead


def closes_lead(actor: Actor, lead: Lead) -> bool:
    """Its owner, or the owner's line manager; nobody closes what is in the pool or void."""
    return (lead.owner_id is not None and lead.status != "void"
            and answers_for_lead(actor, lead))


def changes_use(actor: Actor, entry: TimelineEntry) -> bool:
    """Whoever used the case."""
    return sells(actor, entry) and entry.kind == "case.used" and entry.actor_id == actor.id


POLICY: Policy = {
    "lead:close": Permission(closes_lead, of_row=True, sees="lead:read"),
    "lead:reopen": Permission(closes_lead, of_row=True, sees="lead:read"),
    "use:change": Permission(changes_use, of_row=True, sees="use:change"),
}
