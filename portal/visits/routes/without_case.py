"""The visits behind the link rate that have no case yet."""

from flask import Response, abort, g
from sqlalchemy.orm import joinedload

from portal.core import access
from portal.core.paging import paginate
from portal.core.render import render
from portal.leads.loop.asking import part_asked
from portal.visits.models import Visit
from portal.visits.queries.without_case import without_case as visits
from portal.visits.routes import blueprint


@blueprint.get("/visits/without-case")
@access.requires("lead:use")
def without_case() -> Response:
    """Visits that took place without leading to a case: those that this person may read."""
    month, team_ids = part_asked(g.actor)
    try:
        query = visits(g.actor, team_ids, month or None)
    except ValueError:
        abort(404)
    query = query.options(joinedload(Visit.customer), joinedload(Visit.owner))
    return render("visits/without_case.html", page=paginate(query), month=month)
