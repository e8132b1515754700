"""The deals behind the link rate that have no case yet."""

from flask import Response, abort, g, request
from sqlalchemy.orm import joinedload

from portal.core import access
from portal.core.paging import MANY, paginate
from portal.core.render import render
from portal.leads.loop.queries.rate import without_case as deals
from portal.leads.loop.routes import blueprint
from portal.leads.models import Lead


@blueprint.get("/leads/without-case")
@access.requires("lead:use")
def without_case() -> Response:
    """Deals that ended without leading to a case: those that this person may read."""
    month, team = request.args.get("month", "")[:7], request.args.get("team", "")
    team_ids = None
    if team:
        number = int(team) if team.isascii() and team.isdigit() and len(team) < 10 else 0
        team_ids = g.actor.tree.subtree(number) & frozenset(g.actor.tree.chains())
    try:
        query = deals(g.actor, team_ids, month or None)
    except ValueError:
        abort(404)
    query = query.options(joinedload(Lead.customer), joinedload(Lead.owner))
    return render("loop/without_case.html", page=paginate(query, most=MANY), month=month)
