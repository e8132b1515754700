"""Correcting the facts of a customer, and the comparison when two people do."""

from typing import Any

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Conflict, Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.text import line
from portal.core.unit_of_work import abandon
from portal.customers import comparing, picking, taken
from portal.customers.actions import customers as actions
from portal.customers.content import facts_of
from portal.customers.forms import CustomerForm
from portal.customers.identity.keys import Taken
from portal.customers.models import Customer
from portal.customers.routes import blueprint
from portal.people.sessions import keeps_text


@blueprint.get("/customers/called")
@access.requires("lead:use")
def customers_called() -> Response:
    """Customers whose name holds what is being typed, for a field that asks for one."""
    text = (request.args.get("q") or request.args.get("introduced_by") or "")[:80]
    return render("customers/called.html", "customers/_called.html",
                  customers=picking.customers_called(g.actor, text))


@blueprint.route("/customers/<int:customer_id>/edit", methods=["GET", "POST"])
@access.requires("customer:edit")
@keeps_text
def edit(customer_id: int) -> Response:
    """Fill in or correct facts; changing what was known asks for a reason."""
    customer = access.fetch(Customer, customer_id, "customer:edit")
    form = CustomerForm()
    form.prepare(customer)
    if request.method == "GET":
        form.fill(facts_of(customer), customer.version)
        form.introduced_by.data = comparing.introducer(g.actor, customer)
        return _page(form, customer)
    if not form.validate() or not _understands_introducer(form, customer):
        return _page(form, customer, 422)
    try:
        actions.correct_customer(g.actor, customer, form.facts(), form.reason.data or "",
                                 clock.now(), version=form.opened_on)
    except Taken as refused:
        form.form_errors.extend(taken.answer(g.actor.id, refused))
        return _page(form, customer, 422)
    except Conflict:
        return _stale(form, customer)
    except Refused as refused:
        return _refused(form, customer, refused)
    flash(_("Saved."), "success")
    return go(url_for("customers.show", customer_id=customer.id))


def _understands_introducer(form: CustomerForm, customer: Customer) -> bool:
    """Whether it is clear which customer the field means; the one that stands there stays."""
    name = line(form.introduced_by.data)
    if not name or name == comparing.introducer(g.actor, customer):
        form.introduced_by_id = customer.introduced_by_id if name else None
        return True
    found = picking.customer_called(g.actor, name)
    if found is None:
        form.introduced_by.errors = [
            _("You have no customer of exactly this name. Choose one of the list.")
        ]
        return False
    form.introduced_by_id = found.id
    return True


def _refused(form: CustomerForm, customer: Customer, refused: Refused) -> Response:
    """What was typed, with what of it asks for a reason."""
    known = comparing.known_before(comparing.differing(customer, form.facts()))
    if not known or line(form.reason.data):
        form.form_errors.append(str(refused.message))
        return _page(form, customer, refused.status)
    form.reason.errors = [str(refused.message)]
    return _page(form, customer, refused.status,
                 changed=comparing.in_words("customer.corrected", known))


def _stale(form: CustomerForm, customer: Customer) -> Response:
    """Somebody saved first: theirs beside one's own. Saving again decides."""
    abandon()
    customer = access.fetch(Customer, customer.id, "customer:edit")
    form.version.data = str(customer.version)
    theirs = comparing.in_words("customer.corrected", comparing.differing(customer, form.facts()))
    return _page(form, customer, 409, theirs=theirs)


def _page(form: CustomerForm, customer: Customer, status: int = 200, **context: Any) -> Response:
    if status >= 400:
        # What the page still shows is read anew.
        abandon()
        customer = access.fetch(Customer, customer.id, "customer:edit")
    return render("customers/edit.html", status=status, form=form, customer=customer, **context)
