"""The tree of who introduced whom."""

from flask import Blueprint, Response, g

from portal.core import access
from portal.core.render import render
from portal.customers.models import Customer
from portal.leads.referrals.queries import tree_around

blueprint = Blueprint("referrals", __name__)


@blueprint.get("/customers/<int:customer_id>/referrals")
@access.requires("customer:read")
def tree(customer_id: int) -> Response:
    """The family of customers this one belongs to."""
    customer = access.fetch(Customer, customer_id, "customer:read")
    return render("referrals/tree.html", customer=customer, tree=tree_around(g.actor, customer))
