"""Late first contacts and idle leads: one's own, and those of the people one leads."""

from datetime import timedelta

from flask import Response, g, request

from portal.core import access, clock
from portal.core.paging import MANY, paginate
from portal.core.render import render
from portal.leads.pool import words
from portal.leads.pool.queries import overdue as queries
from portal.leads.pool.routes import blueprint

COUNTED = timedelta(days=30)


@blueprint.get("/leads/pool/overdue")
@access.requires("lead:use")
def overdue() -> Response:
    """What is overdue now, and how often whom."""
    shown = request.args.get("shown", queries.ANSWERS)
    shown = shown if shown in queries.SHOWN else queries.ANSWERS
    now = clock.now()
    return render(
        "pool/overdue.html", "pool/_overdue.html", shown=shown, words=words, now=now,
        page=paginate(queries.overdue_of(g.actor, shown, now), most=MANY),
        lateness=queries.lateness(g.actor, now - COUNTED) if shown == queries.ANSWERS else [],
    )
