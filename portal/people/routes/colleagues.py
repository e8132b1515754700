"""Names of colleagues, while somebody types one."""

from flask import Response, g, request

from portal.core import access
from portal.core.render import render
from portal.people.queries.colleagues import resembling
from portal.people.routes import blueprint
from portal.people.rules import OTHERS, may_be_chosen


@blueprint.get("/people/colleagues")
@access.requires("people:read")
def colleagues() -> Response:
    """Those whose name holds or sounds like what is being typed, among whom one may choose."""
    text = request.args.get("asked", "").strip()[:120]
    among = request.args.get("among", OTHERS)
    people = resembling(text, lambda person: may_be_chosen(g.actor, person, among))
    return render("people/colleagues.html", "people/_colleagues.html", people=people)
