"""Writing down, settling and voiding what a customer said."""

from flask import Response, flash, g

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.customers.models import Customer
from portal.leads.care import actions
from portal.leads.care.content import FeedbackFacts
from portal.leads.care.forms import ReasonForm
from portal.leads.care.models import Feedback
from portal.leads.care.routes import blueprint
from portal.leads.care.routes.customer import again, day_of, feedback_form, to_care


@blueprint.post("/customers/<int:customer_id>/feedback")
@access.requires("customer:edit")
def record_feedback(customer_id: int) -> Response:
    """An answer, a complaint, or praise."""
    customer = access.fetch(Customer, customer_id, "customer:edit")
    form = feedback_form(customer, typed=True)
    if not form.validate():
        return again(customer_id, feedback=form)
    facts = FeedbackFacts(
        kind=form.kind.data, given_on=day_of(form), score=form.score.data,
        text=form.text.data or "", contact_id=form.contact_id.data,
    )
    try:
        actions.record_feedback(g.actor, customer, facts, clock.now())
    except Refused as refused:
        form.form_errors.append(str(refused))
        return again(customer_id, feedback=form)
    flash(_("Written down."), "success")
    return to_care(customer_id)


@blueprint.post("/feedback/<int:feedback_id>/settle")
@access.requires("feedback:edit")
def settle_complaint(feedback_id: int) -> Response:
    """The complaint is settled."""
    feedback = access.fetch(Feedback, feedback_id, "feedback:edit")
    customer_id, form = feedback.customer_id, ReasonForm()
    try:
        actions.settle_complaint(g.actor, feedback, form.reason.data or "", clock.now())
    except Refused as refused:
        return again(customer_id, refused=str(refused))
    flash(_("The complaint is settled."), "success")
    return to_care(customer_id)


@blueprint.post("/feedback/<int:feedback_id>/void")
@access.requires("feedback:edit")
def void_feedback(feedback_id: int) -> Response:
    """It was never said."""
    feedback = access.fetch(Feedback, feedback_id, "feedback:edit")
    customer_id, form = feedback.customer_id, ReasonForm()
    try:
        actions.void_feedback(g.actor, feedback, form.reason.data or "", clock.now())
    except Refused as refused:
        return again(customer_id, refused=str(refused))
    flash(_("It counts no more. It stays in the timeline, with your reason."), "success")
    return to_care(customer_id)
