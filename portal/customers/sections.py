"""The tabs of a customer's file; rooms above serve their own pages under them.

A page takes part with a row here and `{% include 'customers/_sections.html' %}` in its block
`subnav`, given `customer`.
"""

from collections.abc import Iterator

from flask import Flask

from portal.core.i18n import lazy_gettext as _l
from portal.core.tabs import ShownTab, Tab, shown
from portal.customers.models import Customer

SECTIONS = (
    Tab(_l("Overview"), "customers.show", "customer:read",
        ("customers.edit", "customers.people", "customers.hand_over", "customers.entry",
         "customers.correct_note")),
    Tab(_l("Contacts"), "customers.contacts", "customer:read",
        ("customers.new_contact", "customers.edit_contact")),
    Tab(_l("Deals"), "leads.of_customer", "customer:read"),
    Tab(_l("Visits"), "visits.of_customer", "customer:read"),
    Tab(_l("Money"), "money.of_customer", "customer:read"),
    Tab(_l("Cases"), "loop.of_customer", "customer:read"),
    Tab(_l("Care"), "care.of_customer", "customer:read"),
    Tab(_l("Referrals"), "referrals.tree", "customer:read"),
)


def init_app(app: Flask) -> None:
    """Give the templates the row."""
    app.jinja_env.globals["customer_sections"] = sections


def sections(customer: Customer) -> Iterator[ShownTab]:
    """What this person finds in the file."""
    return shown(SECTIONS, {"customer_id": customer.id}, customer)
