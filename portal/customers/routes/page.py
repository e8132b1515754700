"""A customer's file: what it says, who of us works for it, and everything that happened."""

from typing import Any

from flask import Response, g, request

from portal.core import access, clock
from portal.core.render import render
from portal.core.unit_of_work import abandon
from portal.customers.forms import NoteForm, VoidForm
from portal.customers.models import Customer
from portal.customers.routes import blueprint
from portal.customers.timeline.page import timeline_of


@blueprint.get("/customers/<int:customer_id>")
@access.requires("customer:read")
def show(customer_id: int) -> Response:
    """The file; HTMX asks for its timeline alone."""
    customer = access.fetch(Customer, customer_id, "customer:read")
    return file_page(customer)


def file_page(
    customer: Customer, *, status: int = 200, note_form: NoteForm | None = None,
    void_form: VoidForm | None = None, **context: Any,
) -> Response:
    """The whole file, with a form as it was typed when something was refused."""
    if status >= 400:
        # What the page still shows is read anew.
        abandon()
    return render(
        "customers/show.html", "customers/_timeline.html", status=status, customer=customer,
        timeline=timeline_of(g.actor, request.args, customer.id), today=clock.today(),
        note_form=note_form or NoteForm(formdata=None),
        void_form=void_form or VoidForm(formdata=None), **context,
    )
