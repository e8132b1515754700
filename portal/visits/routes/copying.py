"""Taking visits of the week before into another one: a choice, never twice."""

from flask import Response, flash, g, request, url_for
from flask_babel import ngettext

from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.visits.actions.copying import copy_visits, copyable
from portal.visits.routes import blueprint
from portal.visits.routes.week import week_asked


@blueprint.route("/visits/copy", methods=["GET", "POST"])
@access.requires("lead:use")
def copy_week() -> Response:
    """Which visits of the week before are planned again, and on which days."""
    week = week_asked()
    if request.method == "GET":
        return render("visits/copy_week.html", week=week,
                      lines=copyable(g.actor, week.monday, clock.today()))
    chosen = request.form.getlist("visit")
    ids = {int(text) for text in chosen if text.isascii() and text.isdigit() and len(text) < 10}
    made = copy_visits(g.actor, week.monday, ids, clock.now())
    if made:
        flash(ngettext("%(num)d visit is planned again.", "%(num)d visits are planned again.",
                       len(made)), "success")
    else:
        flash(_("Nothing was planned: choose visits that are not in this week yet."), "warning")
    return go(url_for("visits.week", week=week.name))
