"""Many leads to one person at once: whatever cannot be given says why, the rest goes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.core import access
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.leads import rules as lead_rules
from portal.leads.actions.giving import give_lead
from portal.leads.actions.holding import hold_people
from portal.leads.models import Lead
from portal.leads.pool import rules, words
from portal.leads.pool.actions.steps import hold_leads
from portal.leads.pool.options import limits
from portal.leads.pool.queries.limits import held_by, waits_until
from portal.people.models import User
from portal.people.rules import SELLERS, Actor

# More is done in the background, in pieces of this size.
AT_ONCE = 200


@dataclass(frozen=True)
class Assigned:
    """What became of many: the leads that were given, and why the others were not."""

    given: tuple[int, ...]
    refused: tuple[tuple[int, Any], ...]


def assign_many(
    actor: Actor, lead_ids: Collection[int], to: User, now: datetime, *,
    why: str = lead_rules.HANDED, reason: str = "",
) -> Assigned:
    """Give these leads to a person, at most `AT_ONCE` in one transaction.

    A lead stays where it is, with the reason, when the actor may not hand it out, when it is over,
    when it is this person's already, when the person gave it back not long ago, and when the person
    holds as many as one may. Raises
    `Refused` for a person who sells nothing or has left.
    """
    _refuse_receiver(to)
    if len(lead_ids) > AT_ONCE:
        raise Refused(_l("At most %(most)d leads at once.", most=AT_ONCE))
    hold_people([to.id])
    bounds, held = limits(), held_by([to.id])[to.id]
    found = {lead.id: lead for lead in hold_leads(lead_ids)}
    given: list[int] = []
    refused: list[tuple[int, Any]] = []
    for number in dict.fromkeys(lead_ids):
        lead = found.get(number)
        no = _objection(actor, lead, to, now)
        if no is None and not rules.can_hold(bounds, held + len(given)):
            no = _l("%(name)s has %(cap)d open leads, which is the most.", name=to.name,
                    cap=bounds.cap)
        if no is not None or lead is None:
            refused.append((number, no))
            continue
        give_lead(actor.id, lead, to.id, now, why=why, reason=reason)
        given.append(number)
    return Assigned(tuple(given), tuple(refused))


def _refuse_receiver(to: User) -> None:
    if to.deactivated_at is not None or to.role not in SELLERS:
        raise Refused(_l("%(name)s cannot be given leads: only reps and managers who work here "
                         "can.", name=to.name))


def _objection(actor: Actor, lead: Lead | None, to: User, now: datetime) -> Any:
    """Why this lead stays where it is; None when nothing speaks against it. What the actor may
    not read is not there."""
    if lead is None or not access.allows(actor, "lead:read", lead):
        return _l("There is no such lead.")
    if not access.allows(actor, "lead:assign", lead):
        return _l("Only the owner's line manager hands it out.")
    if not lead.is_open:
        return _l("It is closed.")
    if lead.owner_id == to.id:
        return _l("%(name)s has it already.", name=to.name)
    if (day := waits_until(lead, to.id, now)) is not None:
        return words.former_waits(to, day)
    return None
