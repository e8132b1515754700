"""The deals behind the link rate that have no case yet."""

from flask import Response, abort, g
from sqlalchemy.orm import joinedload

from portal.core import access
from portal.core.paging import MANY, paginate
from portal.core.render import render
from portal.leads.loop.asking import part_asked
from portal.leads.loop.queries.rate import without_case as deals
from portal.leads.loop.routes import blueprint
from portal.leads.models import Lead


@blueprint.get("/leads/without-case")
@access.requires("lead:use")
def without_case() -> Response:
    """Deals that ended without leading to a case: those that this person may read."""
    month, team_ids = part_asked(g.actor)
    try:
        query = deals(g.actor, team_ids, month or None)
    except ValueError:
        abort(404)
    query = query.options(joinedload(Lead.customer), joinedload(Lead.owner))
    return render("loop/without_case.html", page=paginate(query, most=MANY), month=month)
