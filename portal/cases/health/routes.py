"""Library health: the page, the cases behind each number, and the workbook."""

from typing import Any

from flask import Blueprint, Response, abort, g, request
from sqlalchemy import true

from portal.cases.health.measures import measures
from portal.cases.health.slices import WHOLE, Scope, condition
from portal.cases.health.words import slice_word
from portal.cases.models import Case
from portal.cases.queries.cases import visible_to
from portal.core import access, clock
from portal.core.downloads import excel_file
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import render
from portal.core.workbook import Sheet
from portal.extensions import db
from portal.people.models import Team
from portal.people.queries import teams_with_ids

blueprint = Blueprint("health", __name__)


@blueprint.get("/cases/health")
@access.requires("health:read")
def show() -> Response:
    """How the library is: every number over what this person may read."""
    scope = _scope()
    return render("health/show.html", scope=scope,
                  measures=measures(g.actor, scope), teams=_teams(), whole=WHOLE)


@blueprint.get("/cases/health/cases")
@access.requires("health:read")
def cases() -> Response:
    """Exactly the cases that a number counts."""
    scope = _scope()
    what, value = request.args.get("what", ""), request.args.get("value", "")[:64]
    counts = true() if not what else condition(what, value, scope.today)
    if counts is None:
        abort(404)
    query = visible_to(g.actor).where(scope.holds(g.actor), counts)
    return render(
        "health/cases.html", "cases/_list.html", scope=scope, counted=True, today=scope.today,
        page=paginate(query.order_by(Case.created_at, Case.id)), what=slice_word(what, value),
    )


@blueprint.get("/cases/health/export")
@access.requires("health:read")
def export() -> Response:
    """Every table as a sheet."""
    sheets = [
        Sheet(measure.title, measure.header,
              [[cell.text if cell.value is None else cell.value for cell in row]
               for row in measure.rows])
        for measure in measures(g.actor, _scope())
    ]
    name = _("Library health")
    return excel_file(f"{name} {clock.today().isoformat()}.xlsx", sheets)


def _scope() -> Scope:
    """The team of the address; without one what a manager leads, and for others everything."""
    asked = request.args.get("team", "")
    teams = {team.id for team in _teams()}
    if asked == WHOLE:
        return Scope(clock.today())
    if asked:
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
        if number not in teams:
            abort(404)
        return Scope(clock.today(), number, g.actor.tree.subtree(number))
    return Scope(clock.today(), *_led())


def _led() -> tuple[int | None, frozenset[int] | None]:
    """The team a manager leads; who leads several, or none, begins with the whole."""
    led = g.actor.tree.led_by(g.actor.id) if g.actor.is_manager else frozenset()
    tops = [team for team in led if g.actor.tree.upward(team)[1:2] == ()
            or g.actor.tree.upward(team)[1] not in led]
    if len(tops) != 1:
        return None, None
    return tops[0], g.actor.tree.subtree(tops[0])


def _teams() -> list[Any]:
    """The teams to choose from: what one leads; all of them for HR and administrators."""
    if "health_teams" not in g:
        every = frozenset(g.actor.tree.chains())
        ids = g.actor.tree.led_by(g.actor.id) if g.actor.is_manager else every
        g.health_teams = list(db.session.scalars(teams_with_ids(ids).order_by(Team.name)))
    return list(g.health_teams)
