"""The after-visit review (V2): of a planned visit, and of one that nobody had planned."""

from flask import Response, g, request, url_for

from portal.core import access, clock
from portal.core.render import go, render
from portal.customers.models import Customer
from portal.drafts import web as drafts
from portal.drafts.web import DraftFields
from portal.people.sessions import keeps_text
from portal.visits.actions import reviewing as actions
from portal.visits.forms import ReviewForm, UnplannedForm, chosen
from portal.visits.models import Visit
from portal.visits.queries.picking import contacts_of
from portal.visits.routes import blueprint
from portal.visits.routes.asking import (
    answered,
    as_sent,
    begun_in,
    customer_asked,
    offer,
    opened,
    saved,
    written,
)
from portal.visits.routes.picking import REVIEW, pick_page


@blueprint.get("/visits/new")
@access.requires("lead:use")
def new_review() -> Response:
    """＋ Record → Visit: which customer."""
    customer = customer_asked()
    if customer is None:
        return pick_page(REVIEW)
    return go(url_for(
        "visits.review_unplanned", customer_id=customer.id, lead=request.args.get("lead")))


@blueprint.route("/customers/<int:customer_id>/visits/new", methods=["GET", "POST"])
@access.requires("customer:read")
@keeps_text
def review_unplanned(customer_id: int) -> Response:
    """A visit that nobody had planned: its day, and what came of it."""
    customer = access.fetch(Customer, customer_id, "customer:read")
    name = f"visit-at:{customer.id}"
    return answered(written(
        UnplannedForm, name, customer,
        lambda form: actions.record_unplanned(
            g.actor, customer, form.lead.lead_id, chosen(form.day), form.written, clock.now()),
        lambda form, fields, status: _page(
            form, customer, fields, None, status=status,
            begun=begun_in(name, fields.key) if status == 200 else ()),
    ), "use-it")


@blueprint.route("/visits/<int:visit_id>/review", methods=["GET", "POST"])
@access.requires("visit:edit")
@keeps_text
def review(visit_id: int) -> Response:
    """What came of a planned visit, in a minute and a half."""
    visit = access.fetch(Visit, visit_id, "visit:edit")
    name = f"visit-review:{visit.id}"
    if request.method == "POST" and (before := drafts.sent_before(name)):
        return as_sent(before)
    if not visit.is_open:
        return go(url_for("visits.show", visit_id=visit.id))
    if request.method == "GET":
        form, fields = opened(ReviewForm, name, visit.customer, adopt=True, kept=visit.lead)
        if fields.draft is None:
            form.contacts.data = [each.contact_id for each in visit.contacts]
        return _page(form, visit.customer, fields, visit)
    form = ReviewForm()
    offer(form, visit.customer, visit.lead)

    def save() -> Visit:
        actions.review_visit(g.actor, visit, form.written, clock.now())
        return visit

    return answered(saved(form, name, save, lambda status: _page(
        form, visit.customer, drafts.draft_of(name), visit, status=status)), "use-it")


def _page(
    form: ReviewForm, customer: Customer, fields: DraftFields, visit: Visit | None, *,
    status: int = 200, begun: object = (),
) -> Response:
    return render(
        "visits/review.html", status=status, form=form, customer=customer, visit=visit,
        fields=fields, begun=begun, people=contacts_of(customer),
        may_add=access.allows(g.actor, "customer:edit", customer),
    )
