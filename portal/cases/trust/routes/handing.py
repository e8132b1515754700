"""Handing a case, or all cases of somebody who left, to another owner."""

from collections.abc import Sequence
from typing import Any

from flask import Response, flash, g, url_for

from portal.cases.models import Case, Handover
from portal.cases.trust.actions import handing as actions
from portal.cases.trust.forms import OwnerForm
from portal.cases.trust.queries.owners import cases_of
from portal.cases.trust.routes import blueprint
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import ngettext
from portal.core.render import flash_with_undo, go, render
from portal.core.unit_of_work import abandon
from portal.people.choosing import colleague_of
from portal.people.models import User


@blueprint.route("/cases/<int:case_id>/hand-over", methods=["GET", "POST"])
@access.requires("case:hand_over")
def hand_over(case_id: int) -> Response:
    """Another person answers for the case from here on."""
    case = access.fetch(Case, case_id, "case:hand_over")
    return _hand_over([case], case.owner, url_for("cases.show", case_id=case.id), case=case)


@blueprint.route("/people/<int:user_id>/hand-over", methods=["GET", "POST"])
@access.requires("people:hand_over")
def hand_over_all(user_id: int) -> Response:
    """All published cases of somebody who left."""
    person = access.fetch(User, user_id, "people:hand_over")
    return _hand_over(cases_of(g.actor, person), person,
                      url_for("cases.of_person", user_id=person.id), case=None)


@blueprint.post("/handovers/<int:handover_id>/undo")
@access.requires("handover:undo")
def undo_handover(handover_id: int) -> Response:
    """Everything of this handover goes back to whose it was."""
    row = access.fetch(Handover, handover_id, "handover:undo")
    cases = actions.undo_handover(g.actor, row, clock.now())
    flash(ngettext("%(num)d case went back.", "%(num)d cases went back.", len(cases)), "success")
    return go(url_for("cases.of_person", user_id=row.from_id))


def _hand_over(cases: Sequence[Case], owner: User, back: str, **context: Any) -> Response:
    form = OwnerForm()
    if not form.is_submitted():
        return _page(form, cases, owner, 200, **context)
    person = colleague_of(g.actor, form)
    if person is None:
        return _page(form, cases, owner, 422, **context)
    name = person.name
    try:
        rows = actions.hand_over(g.actor, cases, person, clock.now())
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _page(form, cases, owner, refused.status, **context)
    said = ngettext("%(num)d case handed over to %(name)s.",
                    "%(num)d cases handed over to %(name)s.", len(rows), name=name)
    flash_with_undo(said, url_for("trust.undo_handover", handover_id=rows[0].id))
    return go(back)


def _page(
    form: OwnerForm, cases: Sequence[Case], owner: User, status: int, **context: Any
) -> Response:
    numbers: dict[str, Any] = {"count": len(cases), "owner_name": owner.name, "owner_id": owner.id}
    if status >= 400:
        abandon()
    return render("trust/hand_over.html", status=status, form=form, **numbers, **context)
