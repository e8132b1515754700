"""A lead as the origin of cases, and as the source of what playbooks are filled with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import url_for

from portal.cases import naming
from portal.cases.origins import Origin, Place, Prefill
from portal.cases.playbooks.sources import Source
from portal.cases.queries.cases import case_template
from portal.cases.rules import RETROSPECTIVES
from portal.core import access
from portal.core.i18n import current_language
from portal.customers.actions.timeline import note
from portal.customers.models import Customer
from portal.customers.words import term_word
from portal.extensions import db
from portal.leads.closing.facts import in_numbers, retrospective_facts, title_for
from portal.leads.loop.naming import names_of
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.leads.words import money, title_of
from portal.people.rules import Actor
from portal.reminders.actions import settle


def readable_lead(actor: Actor, lead_id: int) -> Lead | None:
    """The lead, if this person may read it."""
    lead = db.session.get(Lead, lead_id)
    if lead is None or not access.allows(actor, "lead:read", lead):
        return None
    return lead


def prefill(actor: Actor, lead_id: int, kind: str) -> Prefill | None:
    """What the deal gives to a case of this kind."""
    lead = readable_lead(actor, lead_id)
    if lead is None:
        return None
    names = names_of(lead.customer)
    facts: dict[str, Any] = {
        "stage": lead.stage, "industry": lead.industry, "product": lead.product,
        "region": lead.region, "names": names,
    }
    if kind not in RETROSPECTIVES:
        return Prefill(title=_harmless(lead.title, names) if kind == "problem" else "", **facts)
    template = case_template(kind, current_language())
    return Prefill(
        title=title_for(lead) if lead.status != OPEN else "",
        body=f"{in_numbers(lead)}\n\n{template}".strip(),
        retrospective=retrospective_facts(lead), **facts,
    )


def _harmless(text: str, names: tuple[str, ...]) -> str:
    """The words, unless they name somebody."""
    return "" if naming.named_in(text, names) else text


def place(actor: Actor, lead_id: int) -> Place | None:
    """The lead as a link."""
    lead = readable_lead(actor, lead_id)
    if lead is None:
        return None
    return Place(title_of(lead), url_for("leads.show", lead_id=lead.id), "briefcase")


def told(actor_id: int, lead_id: int, case_id: int, kind: str, now: datetime) -> None:
    """A case from it was published: the timeline says so."""
    lead = db.session.get(Lead, lead_id)
    if lead is not None:
        note(lead.customer_id, "case.recorded", actor_id, now, lead_id=lead.id,
             subject=f"case:{case_id}", case_kind=kind)
        if kind in RETROSPECTIVES:
            settle(lead.ref, now, kinds=("lead.retrospective",))


def lead_values(actor: Actor, lead_id: int) -> Mapping[str, str] | None:
    """What a playbook is filled with for a deal."""
    lead = readable_lead(actor, lead_id)
    if lead is None:
        return None
    amount = lead.amount if lead.contract_amount is None else lead.contract_amount
    return {
        **_customer(lead.customer),
        **({"contact": lead.contact.name, "title": lead.contact.job_title,
            "phone": lead.contact.phone} if lead.contact else {}),
        "product": term_word("product", lead.product), "amount": money(amount, lead.currency),
        "stage": term_word("stage", lead.stage), "competitor": "、".join(lead.competitors[:3]),
        **({"rep": lead.owner.name} if lead.owner else {}),
    }


def customer_values(actor: Actor, customer_id: int) -> Mapping[str, str] | None:
    """The same for a customer without a deal."""
    customer = db.session.get(Customer, customer_id)
    if customer is None or not access.allows(actor, "customer:read", customer):
        return None
    return _customer(customer)


def _customer(customer: Customer) -> dict[str, str]:
    return {
        "customer": customer.name, "industry": term_word("industry", customer.industry),
        "region": term_word("region", customer.region), "place": customer.address,
    }


ORIGIN = Origin("lead", prefill, place, told)
PLACEHOLDERS = (Source("lead", lead_values), Source("customer", customer_values))
