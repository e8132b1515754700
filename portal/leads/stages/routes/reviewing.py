"""A review at a gate: the page of whoever gives it, the decision, and taking it back."""

from flask import Response, flash, g, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, here, render
from portal.core.unit_of_work import abandon
from portal.leads.stages import actions
from portal.leads.stages.forms import DecisionForm
from portal.leads.stages.models import StageReview
from portal.leads.stages.queries import answered_of, stage_map
from portal.leads.stages.routes import blueprint
from portal.people.sessions import keeps_text


@blueprint.get("/leads/reviews/<int:gate_review_id>")
@access.requires("gate_review:read")
def review(gate_review_id: int) -> Response:
    """What is asked, what is known of the deal, and the decision."""
    row = access.fetch(StageReview, gate_review_id, "gate_review:read")
    return _page(row, DecisionForm(formdata=None))


@blueprint.post("/leads/reviews/<int:gate_review_id>")
@access.requires("gate_review:decide")
@keeps_text
def decide(gate_review_id: int) -> Response:
    """Pass it, or refuse it with a reason."""
    row = access.fetch(StageReview, gate_review_id, "gate_review:decide")
    form = DecisionForm()
    if not form.validate():
        return _page(row, form, 422)
    try:
        actions.decide_review(g.actor, row, form.decision.data == "passed",
                              form.reason.data or "", clock.now())
    except Refused as refused:
        form.reason.errors = [str(refused.message)]
        return _page(row, form, refused.status)
    flash(_("Decided. %(name)s is told.", name=row.asked_by.name), "success")
    return go(url_for("home.today"))


@blueprint.post("/leads/reviews/<int:gate_review_id>/withdraw")
@access.requires("gate_review:withdraw")
def withdraw(gate_review_id: int) -> Response:
    """Nobody needs to give it any more."""
    row = access.fetch(StageReview, gate_review_id, "gate_review:withdraw")
    actions.withdraw_review(g.actor, row, clock.now())
    flash(_("The review is no longer asked for."), "success")
    return go(here(url_for("stages.move", lead_id=row.lead_id, stage=row.stage)))


def _page(row: StageReview, form: DecisionForm, status: int = 200) -> Response:
    if status >= 400:
        abandon()
    stages = stage_map()
    return render("stages/review.html", status=status, review=row, lead=row.lead, form=form,
                  answered=answered_of(row.lead), stages=stages, stage=stages.get(row.stage))
