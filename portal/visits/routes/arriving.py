"""“I am here”, with one tap, and taking it back."""

from flask import Response, flash, g, url_for

from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go
from portal.visits.actions import arriving as actions
from portal.visits.models import Visit
from portal.visits.routes import blueprint


@blueprint.post("/visits/<int:visit_id>/arrive")
@access.requires("visit:edit")
def arrive(visit_id: int) -> Response:
    """The time is kept, the place is not."""
    visit = access.fetch(Visit, visit_id, "visit:edit")
    actions.check_in(g.actor, visit, clock.now())
    flash_with_undo(_("The time is noted. Good luck!"),
                    url_for("visits.undo_arrival", visit_id=visit.id))
    return go(url_for("visits.show", visit_id=visit.id))


@blueprint.post("/visits/<int:visit_id>/undo-arrival")
@access.requires("visit:edit")
def undo_arrival(visit_id: int) -> Response:
    """It was tapped by mistake."""
    visit = access.fetch(Visit, visit_id, "visit:edit")
    actions.undo_check_in(g.actor, visit, clock.now())
    flash(_("You are not there yet: the visit is planned as before."), "success")
    return go(url_for("visits.show", visit_id=visit.id))
