"""The visits and follow-ups of a customer and of a deal: what is planned above, then the newest."""

from flask import Response

from portal.core import access, clock
from portal.core.paging import paginate
from portal.core.render import render
from portal.customers.models import Customer
from portal.leads.models import Lead
from portal.visits.queries.lists import done_with, planned_with
from portal.visits.routes import blueprint


@blueprint.get("/customers/<int:customer_id>/visits")
@access.requires("customer:read")
def of_customer(customer_id: int) -> Response:
    """Everything with this customer, all deals together."""
    customer = access.fetch(Customer, customer_id, "customer:read")
    return render(
        "visits/of_customer.html", customer=customer, today=clock.today(),
        planned=planned_with(customer_id=customer.id),
        page=paginate(done_with(customer_id=customer.id)),
    )


@blueprint.get("/leads/<int:lead_id>/visits")
@access.requires("lead:read")
def of_lead(lead_id: int) -> Response:
    """What was about this deal."""
    lead = access.fetch(Lead, lead_id, "lead:read")
    return render(
        "visits/of_lead.html", lead=lead, customer=lead.customer, today=clock.today(),
        planned=planned_with(lead_id=lead.id), page=paginate(done_with(lead_id=lead.id)),
    )
