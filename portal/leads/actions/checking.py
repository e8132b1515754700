"""What a person wrote about a lead, tidied; what cannot be is refused."""

from dataclasses import replace

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, line
from portal.customers.models import Contact, Customer
from portal.extensions import db
from portal.leads import rules
from portal.leads.content import LeadFacts
from portal.lists.queries import vocabulary


def checked(facts: LeadFacts, customer: Customer) -> LeadFacts:
    """The facts tidied; raises `Refused` for what no form or file may save."""
    facts = replace(
        facts, title=line(facts.title), note=block(facts.note), product=facts.product or None,
        competitors=tuple(dict.fromkeys(line(each) for each in facts.competitors if line(each))),
        channel=facts.channel or "other",
    )
    _check_words(facts)
    _check_amount(facts)
    _check_lists(facts)
    _check_contact(facts, customer)
    return facts


def _check_words(facts: LeadFacts) -> None:
    if not facts.title:
        raise Refused(_l("Write what they want, in a few words."))
    if len(facts.title) > rules.LONGEST_TITLE:
        raise Refused(_l("What they want has at most 120 characters; the rest belongs in the "
                         "note."))
    if len(facts.note) > rules.LONGEST_NOTE:
        raise Refused(_l("A note has at most 10,000 characters."))
    if len(facts.competitors) > rules.MOST_COMPETITORS or any(
            len(each) > rules.LONGEST_COMPETITOR for each in facts.competitors):
        raise Refused(_l("At most 10 competitors, each with at most 80 characters."))


def _check_amount(facts: LeadFacts) -> None:
    if facts.amount is not None and not 0 <= facts.amount <= rules.LARGEST_AMOUNT:
        raise Refused(_l("An amount is at least 0 and below a trillion."))
    if facts.currency not in rules.CURRENCIES:
        raise Refused(_l("This currency does not exist here."))


def _check_lists(facts: LeadFacts) -> None:
    lists = vocabulary()
    if facts.channel not in lists["channel"]:
        raise Refused(_l("This channel does not exist."))
    if facts.product is not None and facts.product not in lists["product"]:
        raise Refused(_l("This product does not exist."))


def _check_contact(facts: LeadFacts, customer: Customer) -> None:
    if facts.contact_id is None:
        return
    contact = db.session.get(Contact, facts.contact_id)
    if contact is None or contact.customer_id != customer.id:
        raise Refused(_l("This contact belongs to another customer."))
