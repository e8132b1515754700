"""Taking a validation back, and undoing a step of trust."""

from flask import Response, flash, g, url_for

from portal.cases.models import Case, Verification
from portal.cases.trust.actions import verifying as actions
from portal.cases.trust.forms import WithdrawForm
from portal.cases.trust.routes import blueprint
from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, here, render


@blueprint.route("/cases/<int:case_id>/validation/withdraw", methods=["GET", "POST"])
@access.requires("case:validate")
def withdraw(case_id: int) -> Response:
    """“No longer right”: the case counts as not validated, with a reason."""
    case = access.fetch(Case, case_id, "case:validate")
    form = WithdrawForm()
    if not form.validate_on_submit():
        return render("trust/withdraw.html", case=case, form=form,
                      status=422 if form.is_submitted() else 200)
    step = actions.withdraw_validation(g.actor, case, form.reason.data or "", clock.now())
    back = here(url_for("cases.show", case_id=case.id))
    flash_with_undo(_("No longer validated. The owner is told why."),
                    url_for("trust.undo_step", step_id=step.id))
    return go(back)


@blueprint.post("/verifications/<int:step_id>/undo")
@access.requires("verification:undo")
def undo_step(step_id: int) -> Response:
    """The trust of the case as it was before one's own step."""
    step = access.fetch(Verification, step_id, "verification:undo")
    actions.undo_step(g.actor, step, clock.now())
    flash(_("Undone: it is as it was before."), "success")
    return go(here(url_for("cases.show", case_id=step.case_id)))
