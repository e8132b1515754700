"""The tabs over the pages of customers and leads, and those of one lead."""

from collections.abc import Iterator

from flask import Flask

from portal.core.i18n import lazy_gettext as _l
from portal.core.tabs import ShownTab, Tab, shown
from portal.leads.models import Lead

# The first ones stay in sight on a phone, the others unfold.
# Pages as a whole: `{% include 'leads/_sections.html' %}` in the block `subnav`.
SECTIONS = (
    Tab(_l("Leads"), "board.lead_list", "lead:use"),
    Tab(_l("Customers"), "customers.customer_list", "lead:use"),
    Tab(_l("Pool"), "pool.show", "lead:use"),
    Tab(_l("Check"), "checking.check", "lead:use"),
    Tab(_l("Board"), "board.kanban", "lead:use"),
    Tab(_l("Duplicate claims"), "claims.claim_list", "lead:use", ("claims.show",)),
    Tab(_l("Receivables"), "money.receivables", "lead:use"),
    Tab(_l("Funnel"), "stages.overview", "lead:use"),
    Tab(_l("Care"), "care.task_list", "lead:use"),
    Tab(_l("Channels"), "channels.review", "channel:review"),
    Tab(_l("Import"), "lead_import.start_import", "lead:import",
        ("lead_import.upload", "lead_import.show")),
)
# Pages of one lead: `{% include 'leads/_lead_sections.html' %}`, given `lead`.
LEAD_SECTIONS = (
    Tab(_l("Overview"), "leads.show", "lead:read", ("leads.edit",)),
    Tab(_l("Stages"), "stages.of_lead", "lead:read"),
    Tab(_l("Visits"), "visits.of_lead", "lead:read"),
    Tab(_l("Money"), "money.of_lead", "lead:read"),
    Tab(_l("Cases"), "loop.of_lead", "lead:read"),
)


def init_app(app: Flask) -> None:
    """Give the templates both rows."""
    app.jinja_env.globals.update(leads_sections=sections, lead_sections=lead_sections)


def sections() -> Iterator[ShownTab]:
    """What this person finds under customers and leads."""
    return shown(SECTIONS, {})


def lead_sections(lead: Lead) -> Iterator[ShownTab]:
    """What this person finds about a lead."""
    return shown(LEAD_SECTIONS, {"lead_id": lead.id}, lead)
