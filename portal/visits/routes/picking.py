"""Choosing the customer: the last ones first, others by name or how it sounds."""

from dataclasses import dataclass
from typing import Any

from flask import Response, g, request, url_for

from portal.core import access
from portal.core.i18n import gettext as _
from portal.core.render import render
from portal.core.text import line
from portal.customers.models import Customer
from portal.visits.queries.picking import customers_named, recent_customers
from portal.visits.routes import blueprint

LONGEST = 80
# What one chooses the customer for.
PLAN, REVIEW, FOLLOW_UP = "plan", "review", "follow-up"


@dataclass(frozen=True)
class Choice:
    """A customer and where choosing it leads."""

    customer: Customer
    url: str


@blueprint.get("/visits/customers")
@access.requires("lead:use")
def customers_called() -> Response:
    """The customers that a typed name may mean, or the last ones."""
    return render("visits/pick.html", "visits/_picked.html", **picking(_purpose()))


def picking(purpose: str) -> dict[str, Any]:
    """What the choice needs: the customers, where each leads, and the word over it."""
    text = line(request.args.get("q", ""))[:LONGEST]
    found = customers_named(g.actor, text) if text else recent_customers(g.actor)
    day = request.args.get("day", "")[:10]
    return {
        "purpose": purpose, "q": text, "day": day,
        "picked": [Choice(each, _target(purpose, each, day)) for each in found],
        "title": {PLAN: _("Plan a visit"), REVIEW: _("Which customer did you visit?"),
                  FOLLOW_UP: _("Whom were you in touch with?")}[purpose],
    }


def pick_page(purpose: str) -> Response:
    """The choice as a page of its own, or in place where it was asked for."""
    return render("visits/pick.html", "visits/_pick.html", **picking(purpose))


def _purpose() -> str:
    purpose = request.args.get("purpose", "")
    return purpose if purpose in (PLAN, REVIEW, FOLLOW_UP) else PLAN


def _target(purpose: str, customer: Customer, day: str) -> str:
    if purpose == PLAN:
        return url_for("visits.plan", customer=customer.id, day=day or None)
    endpoint = "visits.review_unplanned" if purpose == REVIEW else "visits.follow_up"
    return url_for(endpoint, customer_id=customer.id)
