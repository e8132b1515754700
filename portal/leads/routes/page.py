"""The page of one lead."""

from typing import Any

from flask import Response, g, request

from portal.core import access, clock
from portal.core.render import render
from portal.core.unit_of_work import abandon
from portal.customers.timeline.page import timeline_of
from portal.leads.forms import ReasonForm, StepForm
from portal.leads.models import Lead
from portal.leads.parts import parts_of
from portal.leads.queries.pages import SHOWN
from portal.leads.routes import blueprint


@blueprint.get("/leads/<int:lead_id>")
@access.requires("lead:read")
def show(lead_id: int) -> Response:
    """What they want, where it stands, what comes next, and everything that happened; HTMX asks
    for the timeline alone."""
    return lead_page(access.fetch(Lead, lead_id, "lead:read", options=SHOWN))


def lead_page(
    lead: Lead, *, status: int = 200, step_form: StepForm | None = None,
    void_form: ReasonForm | None = None, asks_next: bool = False,
) -> Response:
    """The page; with a form that was refused, filled as it was. `asks_next` opens the form for
    the step after the one that is done."""
    if status >= 400:
        # What the page still shows is read anew.
        abandon()
    context: dict[str, Any] = parts_of(g.actor, lead)
    return render(
        "leads/show.html", "customers/_timeline.html", status=status, lead=lead,
        customer=lead.customer, contact=lead.contact,
        timeline=timeline_of(g.actor, request.args, lead.customer_id, lead_id=lead.id),
        step_form=step_form or opened_step(lead), asks_next=asks_next or "next" in request.args,
        void_form=void_form or ReasonForm(formdata=None), moment=clock.now(), **context,
    )


def opened_step(lead: Lead) -> StepForm:
    """The form for what comes next, as it stands now."""
    form = StepForm(formdata=None)
    form.step.data = lead.next_step
    if lead.next_step_at is not None:
        at = lead.next_step_at.astimezone(clock.zone())
        form.day.data, form.time.data = at.date(), at.time()
    return form
