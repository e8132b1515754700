"""Correcting what was written by a new version, and voiding what never took place."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.unit_of_work import abandon
from portal.people.sessions import keeps_text
from portal.visits import rules
from portal.visits.actions import reviewing as actions
from portal.visits.forms import CorrectionForm
from portal.visits.models import Visit
from portal.visits.routes import blueprint


@blueprint.route("/visits/<int:visit_id>/correct", methods=["GET", "POST"])
@access.requires("visit:edit")
@keeps_text
def correct(visit_id: int) -> Response:
    """A new version with a reason; the old one stays visible."""
    visit = access.fetch(Visit, visit_id, "visit:edit")
    old = visit.review
    if old is None or visit.status != rules.REVIEWED:
        return go(url_for("visits.show", visit_id=visit.id))
    if request.method == "GET":
        form = CorrectionForm(formdata=None, obj=old)
        form.reason.data = ""
        return _page(form, visit)
    form = CorrectionForm()
    if not form.validate():
        return _page(form, visit, 422)
    try:
        actions.correct_review(g.actor, visit, form.facts, form.reason.data or "", clock.now(),
                               number=_number(form))
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _page(form, visit, refused.status)
    flash(_("Corrected. The earlier version stays below."), "success")
    return go(url_for("visits.show", visit_id=visit.id))


@blueprint.post("/visits/<int:visit_id>/void")
@access.requires("visit:void")
def void(visit_id: int) -> Response:
    """It counts no more, and says why."""
    visit = access.fetch(Visit, visit_id, "visit:void")
    actions.void_visit(g.actor, visit, request.form.get("reason", ""), clock.now())
    flash(_("Voided. It stays visible and counts no more."), "success")
    return go(url_for("visits.show", visit_id=visit.id))


def _page(form: CorrectionForm, visit: Visit, status: int = 200) -> Response:
    if status >= 400:
        abandon()
    return render("visits/correct.html", status=status, form=form, visit=visit)


def _number(form: CorrectionForm) -> int:
    text = form.number.data or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
