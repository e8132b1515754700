"""The deals of one customer, and a new one."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, render
from portal.core.unit_of_work import abandon
from portal.customers.actions.customers import add_contact
from portal.customers.models import Customer
from portal.customers.queries.reading import allocates
from portal.drafts import web as drafts
from portal.drafts.web import DraftFields
from portal.leads.actions import leads as actions
from portal.leads.forms import COLLEAGUE, MINE, DealForm
from portal.leads.models import Lead
from portal.leads.queries.pages import FILE, deal_counts, deals_of
from portal.leads.routes import blueprint
from portal.leads.routes.sending import as_sent, begun, is_ready
from portal.leads.writings import deal_form
from portal.people.sessions import keeps_text


@blueprint.get("/customers/<int:customer_id>/deals")
@access.requires("customer:read")
def of_customer(customer_id: int) -> Response:
    """Open ones first, then those that are over."""
    customer = access.fetch(Customer, customer_id, "customer:read", options=FILE)
    return render("leads/of_customer.html", "leads/_deals.html", customer=customer,
                  page=paginate(deals_of(customer)), counts=deal_counts(customer))


@blueprint.route("/customers/<int:customer_id>/deals/new", methods=["GET", "POST"])
@access.requires("customer:deal")
@keeps_text
def new_for_customer(customer_id: int) -> Response:
    """Something else that a customer wants who is here already."""
    customer = access.fetch(Customer, customer_id, "customer:deal", options=FILE)
    if request.method == "GET":
        return _opened(customer)
    if before := drafts.sent_before(deal_form(customer.id)):
        return as_sent(before)
    form = DealForm()
    _prepare(form, customer)
    if not is_ready(form):
        return _page(form, customer, 422)
    try:
        lead = _record(form, customer)
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _page(form, customer, refused.status)
    drafts.sent(lead.ref)
    flash(_("Recorded. What comes next?") if lead.owner_id == g.actor.id else _("Recorded."),
          "success")
    return go(url_for("leads.show", lead_id=lead.id, next=1))


def _opened(customer: Customer) -> Response:
    """The form: as it was left, or empty; whoever leads the owner gives it to the owner."""
    fields = drafts.draft_of(deal_form(customer.id))
    form = DealForm(formdata=fields.fields if fields.draft else None, meta={"csrf": False})
    _prepare(form, customer)
    if fields.draft is None:
        form.owner.data = MINE
        if customer.owner is not None and not customer.is_worked_for_by(g.actor.id):
            form.owner.data, form.asked.data = COLLEAGUE, customer.owner.name
    return _page(form, customer, fields=fields)


def _prepare(form: DealForm, customer: Customer) -> None:
    form.prepare()
    form.offer_contacts(customer)
    form.offer_owners(pool=customer.owner_id is None, colleagues=allocates(g.actor))


def _record(form: DealForm, customer: Customer) -> Lead:
    """The deal, and the contact when it is a new one: together or not at all."""
    now, person, contact_id = clock.now(), form.person(), form.contact_id.data
    if person is not None:
        contact_id = add_contact(g.actor, customer, person, now).id
    return actions.record_lead(g.actor, customer, form.facts(contact_id), now,
                               owner_id=form.owner_id(g.actor.id))


def _page(
    form: DealForm, customer: Customer, status: int = 200, *, fields: DraftFields | None = None
) -> Response:
    if status >= 400:
        # What the form still shows is read anew.
        abandon()
    name = deal_form(customer.id)
    fields = fields or drafts.draft_of(name)
    return render(
        "leads/new_for_customer.html", status=status, form=form, customer=customer, fields=fields,
        begun=[] if fields.draft or status >= 400 else begun(name, fields.key),
    )
