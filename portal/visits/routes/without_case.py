"""The visits behind the link rate that have no case yet."""

from flask import Response, abort, g, request
from sqlalchemy.orm import joinedload

from portal.core import access
from portal.core.paging import paginate
from portal.core.render import render
from portal.visits.models import Visit
from portal.visits.queries.without_case import without_case as visits
from portal.visits.routes import blueprint


@blueprint.get("/visits/without-case")
@access.requires("lead:use")
def without_case() -> Response:
    """Visits that took place without leading to a case: those that this person may read."""
    month, team = request.args.get("month", "")[:7], request.args.get("team", "")
    team_ids = None
    if team:
        number = int(team) if team.isascii() and team.isdigit() and len(team) < 10 else 0
        team_ids = g.actor.tree.subtree(number) & frozenset(g.actor.tree.chains())
    try:
        query = visits(g.actor, team_ids, month or None)
    except ValueError:
        abort(404)
    query = query.options(joinedload(Visit.customer), joinedload(Visit.owner))
    return render("visits/without_case.html", page=paginate(query), month=month)
