"""What was typed into a blocked form becomes records, once it is decided."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded, line
from portal.customers.actions.contacts import add_contact
from portal.customers.actions.customers import record_customer
from portal.customers.content import ContactFacts, CustomerFacts
from portal.customers.identity.keys import Identity, Taken, matches
from portal.customers.models import Customer
from portal.leads.actions.leads import record_lead
from portal.leads.claims.content import typed_of
from portal.leads.claims.models import Claim
from portal.leads.content import LeadFacts
from portal.leads.models import Lead
from portal.leads.rules import LONGEST_TITLE
from portal.people.queries import actor_for

BLOCK = "block"


def add_typed_contacts(claim: Claim, customer: Customer, now: datetime) -> None:
    """People of the form whom the file does not have yet. A number that is a third customer's is
    kept in words."""
    actor = actor_for(claim.claimant)
    known = {folded(contact.name) for contact in customer.contacts if contact.voided_at is None}
    for facts in typed_of(claim.typed).contacts:
        if folded(facts.name) in known:
            continue
        add_contact(actor, customer, _without_taken(facts, customer.id), now)
        known.add(folded(facts.name))


def record_typed_lead(
    claim: Claim, customer: Customer, now: datetime, *, owner_id: int | None
) -> Lead:
    """The deal of the form; of a form without one, the claim's title says what they want."""
    facts = typed_of(claim.typed).lead or LeadFacts(title=claim.title[:LONGEST_TITLE])
    return record_lead(actor_for(claim.claimant), customer, replace(facts, contact_id=None), now,
                       owner_id=owner_id)


def record_second(claim: Claim, name: str, now: datetime) -> Lead:
    """A company of its own for the claimant, with the deal.

    Numbers and codes that belong to the other company identify neither: they stand in the remark.
    Raises `Refused` when the name is still the same as somebody's.
    """
    typed, actor = typed_of(claim.typed), actor_for(claim.claimant)
    facts = _distinct(replace(typed.customer, name=line(name) or typed.customer.name))
    contacts = [_without_taken(contact, None) for contact in typed.contacts]
    try:
        customer = record_customer(actor, facts, now, owner_id=claim.claimant_id,
                                   contacts=contacts)
    except Taken as taken:
        raise _still_same() from taken
    return record_typed_lead(claim, customer, now, owner_id=claim.claimant_id)


def _distinct(facts: CustomerFacts) -> CustomerFacts:
    """The facts without what somebody else's company is known by."""
    if is_taken(Identity(name=facts.name)):
        raise _still_same()
    shared = []
    if facts.phone and is_taken(Identity(name="", phones=(facts.phone,))):
        shared.append(_("Shared phone: %(phone)s", phone=facts.phone))
        facts = replace(facts, phone="")
    if facts.credit_code and is_taken(Identity(name="", credit_code=facts.credit_code)):
        shared.append(_("Credit code as typed: %(code)s", code=facts.credit_code))
        facts = replace(facts, credit_code=None)
    aliases = tuple(alias for alias in facts.aliases if not is_taken(Identity(name=alias)))
    return replace(facts, aliases=aliases, note=_joined([facts.note, *shared]))


def _without_taken(facts: ContactFacts, customer_id: int | None) -> ContactFacts:
    if not facts.phone or not is_taken(Identity(name="", phones=(facts.phone,)), customer_id):
        return facts
    said = _("Shared phone: %(phone)s", phone=facts.phone)
    return replace(facts, phone="", preferences=_joined([facts.preferences, said]))


def is_taken(identity: Identity, except_id: int | None = None) -> bool:
    """Whether another customer has this for itself alone."""
    found = matches(identity, except_id=except_id, fuzzy=False)
    return any(match.verdict == BLOCK for match in found)


def _still_same() -> Refused:
    return Refused(_l("The second company is still called the same. Write what tells them apart, "
                      "such as the city or the branch, into its name; what stands in brackets "
                      "does not count."))


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
