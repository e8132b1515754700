"""The tab “Cases” of a lead and of a customer."""

from typing import Any

from flask import Response, g

from portal.cases.models import Case
from portal.cases.origins import form_url
from portal.core import access, clock
from portal.core.paging import Page, paginate
from portal.core.render import render
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.loop.queries import given
from portal.leads.loop.queries.uses import uses_of
from portal.leads.loop.routes import blueprint
from portal.leads.models import Lead


@blueprint.get("/leads/<int:lead_id>/cases")
@access.requires("lead:read")
def of_lead(lead_id: int) -> Response:
    """Cases that come from the deal, cases used for it, playbooks to fill."""
    lead = access.fetch(Lead, lead_id, "lead:read")
    page: Page[Case] = paginate(given.cases_from_lead(g.actor, lead))
    return render(
        "loop/of_lead.html", lead=lead, page=page,
        uses=uses_of(g.actor, lead.customer_id, lead.id),
        playbooks=db.session.scalars(
            given.playbooks_for(g.actor, lead.product, lead.stage)).all(), **_shared(lead.ref),
    )


@blueprint.get("/customers/<int:customer_id>/cases")
@access.requires("customer:read")
def of_customer(customer_id: int) -> Response:
    """The same of all its deals and visits."""
    customer = access.fetch(Customer, customer_id, "customer:read")
    page: Page[Case] = paginate(given.cases_from_customer(g.actor, customer.id))
    return render(
        "loop/of_customer.html", customer=customer, page=page,
        uses=uses_of(g.actor, customer.id),
        playbooks=db.session.scalars(given.playbooks_for(g.actor, None)).all(),
        **_shared(customer.ref),
    )


def _shared(ref: str) -> dict[str, Any]:
    """What both pages say: the day, and the forms that begin from here."""
    kinds = ("lesson", "problem", "alert") if ref.startswith("lead:") else ()
    return {"today": clock.today(), "origin": ref,
            "begin": [(kind, form_url(kind, ref)) for kind in kinds]}
