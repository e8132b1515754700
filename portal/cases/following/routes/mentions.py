"""Whom one may mean while typing "@" in a text."""

from flask import Response, g, request

from portal.cases.following import completion
from portal.cases.following.routes import blueprint
from portal.cases.models import Case
from portal.core import access
from portal.core.render import render
from portal.extensions import db


@blueprint.get("/mentions")
@access.requires("portal:use")
def people_called() -> Response:
    """People by name, login or sound; `case` is where the text will stand, if it stands
    somewhere already."""
    found = completion.people_like(g.actor, request.args.get("q", "")[:40], _case())
    return render("following/called.html", "following/_called.html", found=found)


def _case() -> Case | None:
    """The case of the address, when the person may read it."""
    number = request.args.get("case", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    case = db.session.get(Case, int(number))
    return case if case is not None and access.allows(g.actor, "case:read", case) else None
