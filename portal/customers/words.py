"""The words for what a customer's file says."""

from collections.abc import Mapping
from typing import Any

from flask import g

from portal.cases.words import DECISION_ROLES
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.lists.queries import vocabulary
from portal.reminders.subjects import about

PARTS: Mapping[str, Any] = {
    "owner": _l("Owner"), "backup": _l("Backup"), "rep": _l("Sales rep"),
    "product_expert": _l("Product expert"), "delivery_manager": _l("Delivery manager"),
}
TIERS: Mapping[str, Any] = {"A": _l("Class A"), "B": _l("Class B"), "C": _l("Class C")}
SEGMENTS: Mapping[str, Any] = {
    "": _l("None"), "vip": _l("VIP"), "sme": _l("Small company"),
}
CUSTOMER_FIELDS: Mapping[str, Any] = {
    "name": _l("Company name"), "aliases": _l("Other names"), "credit_code": _l("Credit code"),
    "phone": _l("Phone"), "industry": _l("Industry"), "region": _l("Region"),
    "employees": _l("Employees"), "website": _l("Web site"), "address": _l("Office address"),
    "note": _l("Remark"), "tier": _l("Class"), "segment": _l("Segment"),
    "introduced_by_id": _l("Introduced by"),
}
CONTACT_FIELDS: Mapping[str, Any] = {
    "name": _l("Name"), "job_title": _l("Job title"), "phone": _l("Phone"), "email": _l("E-mail"),
    "wechat": _l("WeChat"), "decision_role": _l("Role in the decision"),
    "birth_year": _l("Year of birth"), "birth_month": _l("Month of birth"),
    "birth_day": _l("Day of birth"), "preferences": _l("Likes and habits"),
}


def term_word(name: str, code: str | None) -> str:
    """The label of an entry of a list in the reader's language; an unknown code is itself."""
    term = vocabulary()[name].get(code or "")
    return term.label(current_language()) if term else code or ""


def listed(values: list[str]) -> str:
    """Words one after the other, as the reader's language separates them."""
    return ("、" if current_language() == "zh" else ", ").join(values)


def customer_value(name: str, value: Any) -> str:
    """A fact of a customer in words."""
    if name in ("industry", "region"):
        return term_word(name, value)
    if name == "tier":
        return str(TIERS.get(value, value))
    if name == "segment":
        return str(SEGMENTS.get(value, value)) if value else ""
    if name == "introduced_by_id":
        return _customer(value)
    return _plain(value)


def _customer(customer_id: int | None) -> str:
    """Another customer by name, for whoever may read it."""
    if customer_id is None:
        return ""
    known = about(g.actor, [ref := f"customer:{customer_id}"])
    return known[ref].title if known else _("another customer")


def contact_value(name: str, value: Any) -> str:
    """What is known of a contact, in words."""
    if name == "decision_role":
        return str(DECISION_ROLES.get(value, value)) if value else ""
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return listed([str(each) for each in value])
    return "" if value is None else str(value)
