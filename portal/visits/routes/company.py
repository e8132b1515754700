"""Going together (V3): colleagues who come along, and what everybody says about it."""

from flask import Response, flash, g, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go
from portal.core.unit_of_work import abandon
from portal.customers.forms.people import SellerForm
from portal.extensions import db
from portal.people.choosing import colleague_of
from portal.people.models import User
from portal.people.sessions import keeps_text
from portal.visits.actions import joining as actions
from portal.visits.forms import CommentForm
from portal.visits.models import Visit
from portal.visits.routes import blueprint
from portal.visits.routes.page import visit_page


@blueprint.post("/visits/<int:visit_id>/people")
@access.requires("visit:edit")
def add_companion(visit_id: int) -> Response:
    """A colleague comes along, and is told."""
    visit = access.fetch(Visit, visit_id, "visit:edit")
    form = SellerForm()
    colleague = colleague_of(g.actor, form)
    if colleague is None:
        abandon()
        return visit_page(visit, status=422, colleague=form)
    person_id, name = colleague.id, colleague.name
    try:
        actions.add_companion(g.actor, visit, colleague, clock.now())
    except Refused as refused:
        abandon()
        form.asked.errors = [str(refused.message)]
        return visit_page(visit, status=refused.status, colleague=form)
    flash_with_undo(_("%(name)s comes along and is told.", name=name), url_for(
        "visits.remove_companion", visit_id=visit.id, user_id=person_id))
    return _back(visit)


@blueprint.post("/visits/<int:visit_id>/people/<int:user_id>/remove")
@access.requires("visit:edit")
def remove_companion(visit_id: int, user_id: int) -> Response:
    """The colleague does not come along after all."""
    visit = access.fetch(Visit, visit_id, "visit:edit")
    person = db.session.get(User, user_id)
    actions.remove_companion(g.actor, visit, user_id, clock.now())
    if person is not None:
        flash(_("%(name)s does not come along.", name=person.name), "success")
    return _back(visit)


@blueprint.post("/visits/<int:visit_id>/comments")
@access.requires("visit:comment")
@keeps_text
def comment(visit_id: int) -> Response:
    """A remark; whoever takes part is told."""
    visit = access.fetch(Visit, visit_id, "visit:comment")
    form = CommentForm()
    if not form.validate():
        abandon()
        return visit_page(visit, status=422, comment=form)
    said = actions.comment_on_visit(g.actor, visit, form.body.data or "", clock.now())
    flash(_("Your comment is there. Whoever takes part is told."), "success")
    return go(url_for("visits.show", visit_id=visit.id, _anchor=f"comment-{said.id}"))


def _back(visit: Visit) -> Response:
    return go(url_for("visits.show", visit_id=visit.id, _anchor="company"))
