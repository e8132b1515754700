"""A customer that counts no more, and one that counts again."""

from flask import Response, flash, g, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go
from portal.customers import taken
from portal.customers.actions import customers as actions
from portal.customers.forms import VoidForm
from portal.customers.identity.keys import Taken
from portal.customers.models import Customer
from portal.customers.routes import blueprint
from portal.customers.routes.page import file_page


@blueprint.post("/customers/<int:customer_id>/void")
@access.requires("customer:void")
def void(customer_id: int) -> Response:
    """It counts no more: its names are free for others, its file stays readable."""
    customer = access.fetch(Customer, customer_id, "customer:void")
    form = VoidForm()
    if not form.validate():
        return file_page(customer, status=422, void_form=form)
    try:
        actions.void_customer(g.actor, customer, form.reason.data or "", clock.now())
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return file_page(customer, status=refused.status, void_form=form)
    flash_with_undo(_("%(name)s is void now.", name=customer.name),
                    url_for("customers.restore", customer_id=customer.id))
    return go(url_for("customers.show", customer_id=customer.id))


@blueprint.post("/customers/<int:customer_id>/restore")
@access.requires("customer:void")
def restore(customer_id: int) -> Response:
    """It counts again, unless somebody entered the same meanwhile."""
    customer = access.fetch(Customer, customer_id, "customer:void")
    try:
        actions.restore_customer(g.actor, customer, clock.now())
    except Taken as refused:
        raise Refused(" ".join(taken.answer(g.actor.id, refused))) from None
    flash(_("%(name)s counts again.", name=customer.name), "success")
    return go(url_for("customers.show", customer_id=customer.id))
