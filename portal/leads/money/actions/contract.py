"""What the contract says: amount, margin and the day it was signed."""

from datetime import datetime
from typing import Any

from portal.core import audit, clock
from portal.core.errors import Conflict, Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.actions.timeline import note
from portal.leads.actions.holding import hold
from portal.leads.actions.signing import not_signed, signed
from portal.leads.models import Lead
from portal.leads.money import rules
from portal.leads.money.content import ContractFacts
from portal.leads.rules import VOID, WON
from portal.people.rules import Actor

FIELDS = ("contract_amount", "margin", "signed_on")


def correct_contract(
    actor: Actor, lead: Lead, facts: ContractFacts, reason: str, now: datetime, *, version: int
) -> bool:
    """Fill in or correct what the contract says; changing what was known asks for a reason. False
    when nothing differs. Raises `Refused`, and `Conflict` when somebody else was first."""
    hold(lead)
    if lead.version != version:
        raise Conflict(_l("Somebody else has changed this meanwhile."))
    if lead.status == VOID:
        raise Refused(_l("This lead is void; nothing is owed for it."))
    _check(facts)
    if lead.status == WON and None in (facts.amount, facts.margin, facts.signed_on):
        raise Refused(_l("A won lead needs the amount of the contract, its margin and the day it "
                         "was signed."))
    after = dict(zip(FIELDS, (facts.amount, facts.margin, facts.signed_on), strict=True))
    found = {name: [_plain(getattr(lead, name)), _plain(given)] for name, given in after.items()
             if getattr(lead, name) != given}
    if not found:
        return False
    if any(before is not None for before, _after in found.values()) and not line(reason):
        raise Refused(_l("Say why what was known is wrong."))
    was_signed = lead.signed_on
    for name, given in after.items():
        setattr(lead, name, given)
    if lead.status == WON and "signed_on" in found:
        not_signed(lead.customer, was_signed)
        signed(lead.customer, lead.signed_on)
    lead.version += 1
    note(lead.customer_id, "money.contract", actor.id, now, lead_id=lead.id, subject=lead.ref,
         reason=reason, changes=found)
    audit.record(actor.id, "lead.contract", lead.ref, now, fields=sorted(found))
    return True


def _plain(given: Any) -> str | None:
    return None if given is None else str(given)


def _check(facts: ContractFacts) -> None:
    if facts.amount is not None and not 0 <= facts.amount <= rules.LARGEST:
        raise Refused(_l("An amount is more than 0."))
    if facts.margin is not None and facts.amount is None:
        raise Refused(_l("Write the contract amount first: the margin is part of it."))
    if facts.margin is not None and facts.amount is not None and facts.margin > facts.amount:
        raise Refused(_l("The margin cannot be more than the contract amount."))
    if facts.signed_on is not None and facts.signed_on > clock.today():
        raise Refused(_l("The day of signing cannot lie in the future."))
    if facts.signed_on is not None and facts.signed_on < clock.today() - rules.LONGEST_BACK:
        raise Refused(_l("This day is more than ten years ago. Is the year right?"))
