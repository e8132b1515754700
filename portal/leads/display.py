"""What templates ask about a lead: its words, its facts, amounts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask, g, url_for

from portal.core import access
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.templating import day
from portal.customers.words import listed, term_word
from portal.leads import words
from portal.leads.models import Lead


def init_app(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters["money"] = words.money
    app.jinja_env.globals.update(
        lead_statuses=words.STATUSES, lead_facts=lead_facts, lead_ways=lead_ways,
    )


def lead_facts(lead: Lead) -> list[tuple[str, str | None]]:
    """The facts as rows of a short table; rows without a value are left out by the macro."""
    rows = [
        (_("Expected amount"), words.money(lead.amount, lead.currency)),
        (_("Expected close"), day(lead.expected_close) if lead.expected_close else None),
        (_("Contract amount"), words.money(lead.contract_amount, lead.currency)),
        (_("Margin"), words.money(lead.margin, lead.currency)),
        (_("Product"), term_word("product", lead.product)),
        (_("Channel"), term_word("channel", lead.channel)),
        (_("Industry"), term_word("industry", lead.industry)),
        (_("Region"), term_word("region", lead.region)),
        (_("Competitors"), listed(lead.competitors)),
        (_("Why it was lost"), term_word("reason", lead.lost_reason)),
        (_("Remark at the end"), lead.closing_note),
    ]
    return [(label, value or None) for label, value in rows]



@dataclass(frozen=True)
class Way:
    """A page from which something is done with an open lead."""

    label: Any
    icon: str
    endpoint: str
    permission: str
    url: str = ""


WAYS = (
    Way(_l("Follow-up"), "phone-call", "visits.follow_up", "lead:edit"),
    Way(_l("Visit"), "map-pin", "visits.review_unplanned", "lead:edit"),
    Way(_l("Edit"), "edit", "leads.edit", "lead:edit"),
    Way(_l("Hand over"), "switch-horizontal", "leads.hand_over", "lead:assign"),
)


def lead_ways(lead: Lead) -> Iterator[Way]:
    """What this person does with an open lead, each with its address."""
    if not lead.is_open:
        return
    for way in WAYS:
        if access.allows(g.get("actor"), way.permission, lead):
            yield replace(way, url=way_url(way.endpoint, lead))


def way_url(endpoint: str, lead: Lead) -> str:
    """The address of such a page; meetings go into the customer's file and name the deal."""
    if endpoint.startswith("visits."):
        return url_for(endpoint, customer_id=lead.customer_id, lead=lead.id)
    return url_for(endpoint, lead_id=lead.id)
