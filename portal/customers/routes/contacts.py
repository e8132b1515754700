"""The people at a customer."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Conflict, Refused
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import flash_with_undo, go, render
from portal.core.text import line
from portal.core.unit_of_work import abandon
from portal.customers import comparing, taken
from portal.customers.actions import contacts as actions
from portal.customers.content import contact_facts_of
from portal.customers.forms import ContactForm, VoidForm
from portal.customers.identity.keys import Taken
from portal.customers.models import Contact, Customer
from portal.customers.queries.contacts import contacts_of
from portal.customers.routes import blueprint
from portal.people.sessions import keeps_text


@blueprint.get("/customers/<int:customer_id>/contacts")
@access.requires("customer:read")
def contacts(customer_id: int) -> Response:
    """Who works there, what they decide, and how they are reached."""
    customer = access.fetch(Customer, customer_id, "customer:read")
    return _list_page(customer, VoidForm(formdata=None))


@blueprint.route("/customers/<int:customer_id>/contacts/new", methods=["GET", "POST"])
@access.requires("customer:edit")
@keeps_text
def new_contact(customer_id: int) -> Response:
    """Somebody else there whom we know."""
    customer = access.fetch(Customer, customer_id, "customer:edit")
    form = ContactForm()
    if request.method == "GET":
        return _page(form, customer)
    if not form.validate():
        return _page(form, customer, status=422)
    return _saved(form, customer, None, lambda: actions.add_contact(
        g.actor, customer, form.facts(), clock.now()))


@blueprint.route("/customers/<int:customer_id>/contacts/<int:contact_id>/edit",
                 methods=["GET", "POST"])
@access.requires("customer:edit")
@keeps_text
def edit_contact(customer_id: int, contact_id: int) -> Response:
    """Fill in or correct what is known of somebody there."""
    customer = access.fetch(Customer, customer_id, "customer:edit")
    contact = _contact_in(customer, contact_id)
    form = ContactForm()
    if request.method == "GET":
        form.fill(contact_facts_of(contact), contact.version)
        return _page(form, customer, contact)
    if not form.validate():
        return _page(form, customer, contact, status=422)
    return _saved(form, customer, contact, lambda: actions.correct_contact(
        g.actor, contact, form.facts(), form.reason.data or "", clock.now(),
        version=form.opened_on))


@blueprint.post("/customers/<int:customer_id>/contacts/<int:contact_id>/void")
@access.requires("customer:edit")
def void_contact(customer_id: int, contact_id: int) -> Response:
    """The person is no longer there."""
    customer = access.fetch(Customer, customer_id, "customer:edit")
    contact = _contact_in(customer, contact_id)
    form = VoidForm()
    if not form.validate():
        abandon()
        return _list_page(customer, form, 422, voiding=contact_id)
    actions.void_contact(g.actor, contact, form.reason.data or "", clock.now())
    flash_with_undo(
        _("%(name)s is void now.", name=contact.name),
        url_for("customers.restore_contact", customer_id=customer.id, contact_id=contact.id),
    )
    return go(url_for("customers.contacts", customer_id=customer.id))


@blueprint.post("/customers/<int:customer_id>/contacts/<int:contact_id>/restore")
@access.requires("customer:edit")
def restore_contact(customer_id: int, contact_id: int) -> Response:
    """The person is there after all."""
    customer = access.fetch(Customer, customer_id, "customer:edit")
    contact = _contact_in(customer, contact_id)
    try:
        actions.restore_contact(g.actor, contact, clock.now())
    except Taken as refused:
        raise Refused(" ".join(taken.answer(g.actor.id, refused))) from None
    flash(_("%(name)s is back.", name=contact.name), "success")
    return go(url_for("customers.contacts", customer_id=customer.id))


def _contact_in(customer: Customer, contact_id: int) -> Contact:
    found: Contact = access.fetch(Contact, contact_id, "contact:read")
    if found.customer_id != customer.id:
        abort(404)
    return found


def _list_page(customer: Customer, form: VoidForm, status: int = 200, voiding: int = 0) -> Response:
    return render("customers/contacts.html", status=status, customer=customer, void_form=form,
                  voiding=voiding, page=paginate(contacts_of(customer)))


def _saved(
    form: ContactForm, customer: Customer, contact: Contact | None, save: Callable[[], object]
) -> Response:
    try:
        save()
    except Taken as refused:
        form.form_errors.extend(taken.answer(g.actor.id, refused))
        return _page(form, customer, contact, status=422)
    except Conflict:
        return _stale(form, customer, contact)
    except Refused as refused:
        return _refused(form, customer, contact, refused)
    flash(_("Saved."), "success")
    return go(url_for("customers.contacts", customer_id=customer.id))


def _refused(
    form: ContactForm, customer: Customer, contact: Contact | None, refused: Refused
) -> Response:
    """What was typed, with what of it asks for a reason."""
    known = {} if contact is None else comparing.known_before(
        comparing.differing_contact(contact, form.facts()))
    if not known or line(form.reason.data):
        form.form_errors.append(str(refused.message))
        return _page(form, customer, contact, status=refused.status)
    form.reason.errors = [str(refused.message)]
    return _page(form, customer, contact, status=refused.status,
                 changed=comparing.in_words("contact.corrected", known))


def _stale(form: ContactForm, customer: Customer, contact: Contact | None) -> Response:
    """Somebody saved first: theirs beside one's own. Saving again decides."""
    abandon()
    if contact is None:
        abort(409)
    form.version.data = str(contact.version)
    return _page(form, customer, contact, status=409, theirs=comparing.in_words(
        "contact.corrected", comparing.differing_contact(contact, form.facts())))


def _page(
    form: ContactForm, customer: Customer, contact: Contact | None = None, *, status: int = 200,
    **context: Any,
) -> Response:
    if status >= 400:
        # What the page still shows is read anew.
        abandon()
    return render("customers/contact.html", status=status, form=form, customer=customer,
                  contact=contact, **context)
