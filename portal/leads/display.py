"""What templates ask about a lead: its words, its facts, amounts."""

from flask import Flask

from portal.core.i18n import gettext as _
from portal.core.templating import day
from portal.customers.words import listed, term_word
from portal.leads import words
from portal.leads.models import Lead


def init_app(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters["money"] = words.money
    app.jinja_env.globals.update(
        lead_statuses=words.STATUSES, lead_facts=lead_facts,
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

