"""“I used this”, and whether it helped."""

from flask import Response, flash, g, request, url_for

from portal.cases.actions.reuse import reuse_case, undo_reuse
from portal.cases.models import Case, Reuse
from portal.cases.trust import rules
from portal.cases.trust.actions.reviewing import review_reuse
from portal.cases.trust.routes import blueprint
from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, here


@blueprint.post("/cases/<int:case_id>/use")
@access.requires("case:reuse")
def use(case_id: int) -> Response:
    """“I used this”: counted once in 30 days; whether it helped is asked later."""
    case = access.fetch(Case, case_id, "case:reuse")
    reuse = reuse_case(g.actor, case, "", clock.now(), occasion="page")
    page = _on_page(case.id)
    if reuse is not None:
        flash_with_undo(_("Counted. In three working days you are asked whether it helped."),
                        url_for("trust.take_back_use", reuse_id=reuse.id))
    elif case.owner_id == g.actor.id:
        flash(_("This is your own case, so nothing is counted."), "success")
    else:
        flash(_("You used this case not long ago; it counts once in 30 days."), "success")
    return go(page)


@blueprint.post("/reuses/<int:reuse_id>/take-back")
@access.requires("reuse:undo")
def take_back_use(reuse_id: int) -> Response:
    """It was not used after all."""
    reuse = access.fetch(Reuse, reuse_id, "reuse:undo")
    page = _on_page(reuse.case_id)
    undo_reuse(g.actor, reuse, clock.now())
    flash(_("No longer counted."), "success")
    return go(page)


@blueprint.post("/reuses/<int:reuse_id>/review")
@access.requires("reuse:review")
def review(reuse_id: int) -> Response:
    """It helped, it did not, or no answer; an empty outcome takes the answer back."""
    reuse = access.fetch(Reuse, reuse_id, "reuse:review")
    outcome = request.values.get("outcome") or None
    review_reuse(g.actor, reuse, outcome, request.form.get("note", ""), clock.now())
    undo = url_for("trust.review", reuse_id=reuse.id, next=here(""))
    page = here(_on_page(reuse.case_id))
    if outcome is None:
        flash(_("Your answer is taken back."), "success")
    elif outcome == rules.DISMISSED:
        flash_with_undo(_("You are not asked again."), undo)
    elif outcome == rules.HELPED:
        flash_with_undo(_("Thank you. Others see that it helped."), undo)
    else:
        # What was missing, and whether it should be flagged, is asked on the page.
        page = _on_page(reuse.case_id)
        flash_with_undo(_("Thank you. Others see that it did not help somebody."), undo)
    return go(page)


def _on_page(case_id: int) -> str:
    return url_for("cases.show", case_id=case_id, _anchor="review")
