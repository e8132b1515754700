"""What comes next with a lead: planned, done, and then the next one."""

from flask import Response, flash, g, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render, wants_fragment
from portal.core.unit_of_work import abandon
from portal.leads.actions import leads as actions
from portal.leads.forms import StepForm
from portal.leads.models import Lead
from portal.leads.queries.pages import SHOWN
from portal.leads.routes import blueprint
from portal.leads.routes.page import lead_page, opened_step


@blueprint.post("/leads/<int:lead_id>/next-step")
@access.requires("lead:edit")
def plan_step(lead_id: int) -> Response:
    """What comes next, and when; the owner is reminded."""
    lead = access.fetch(Lead, lead_id, "lead:edit", options=SHOWN)
    form = StepForm()
    try:
        if not form.validate():
            return _step(lead, form, 422)
        actions.set_next_step(g.actor, lead, form.step.data, form.at, clock.now())
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _step(lead, form, refused.status)
    return _done(lead, _("Planned. You are reminded then.") if lead.owner_id == g.actor.id
                 else _("Planned. The owner is reminded then."))


@blueprint.post("/leads/<int:lead_id>/next-step/done")
@access.requires("lead:edit")
def finish_step(lead_id: int) -> Response:
    """It is done; the form asks for the next one."""
    lead = access.fetch(Lead, lead_id, "lead:edit", options=SHOWN)
    actions.finish_step(g.actor, lead, clock.now())
    return _done(lead, _("Done. What comes next?"), asks_next=True)


@blueprint.post("/leads/<int:lead_id>/next-step/drop")
@access.requires("lead:edit")
def drop_step(lead_id: int) -> Response:
    """Nothing is planned any more."""
    lead = access.fetch(Lead, lead_id, "lead:edit", options=SHOWN)
    actions.set_next_step(g.actor, lead, None, None, clock.now())
    return _done(lead, _("Nothing is planned any more."))


def _step(lead: Lead, form: StepForm, status: int) -> Response:
    """The form as it was typed, on the page or alone."""
    if not wants_fragment():
        return lead_page(lead, status=status, step_form=form, asks_next=True)
    abandon()
    return render("leads/_next_step.html", status=status, lead=lead, step_form=form,
                  asks_next=True, moment=clock.now(), said="")


def _done(lead: Lead, said: str, *, asks_next: bool = False) -> Response:
    if wants_fragment():
        return render("leads/_next_step.html", lead=lead, step_form=opened_step(lead),
                      asks_next=asks_next, moment=clock.now(), said=said)
    flash(said, "success")
    return go(url_for("leads.show", lead_id=lead.id, next=1 if asks_next else None,
                      _anchor="next_step"))
