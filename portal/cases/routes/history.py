"""The history of a case: revisions, what changed between two, and going back."""

from flask import Response, abort, flash, g, request, url_for

from portal.cases import compare
from portal.cases.actions import cases as actions
from portal.cases.models import Case
from portal.cases.queries import talk as queries
from portal.cases.routes import blueprint
from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, render


@blueprint.get("/cases/<int:case_id>/history")
@access.requires("case:read")
def history(case_id: int) -> Response:
    """Every revision: who, when, why."""
    case = access.fetch(Case, case_id, "case:read")
    page = paginate(queries.revisions_of(g.actor, case))
    return render("cases/history.html", "cases/_history.html", case=case, page=page)


@blueprint.get("/cases/<int:case_id>/history/<int:number>")
@access.requires("case:read")
def revision(case_id: int, number: int) -> Response:
    """A revision, and how it differs from the one before or from `?since=`."""
    case = access.fetch(Case, case_id, "case:read")
    found = queries.revision_numbered(g.actor, case, number) if number < 10**9 else None
    if found is None:
        abort(404)
    since = request.args.get("since", "")
    earlier = int(since) if since.isascii() and since.isdigit() and len(since) < 9 else number - 1
    base = queries.revision_numbered(g.actor, case, earlier) if earlier else None
    return render(
        "cases/revision.html", case=case, revision=found, base=base,
        changes=compare.changes(base.content, found.content) if base else [],
        shortened=compare.shortened,
    )


@blueprint.post("/cases/<int:case_id>/history/<int:number>/restore")
@access.requires("case:edit")
def restore(case_id: int, number: int) -> Response:
    """Make this revision the newest one."""
    case = access.fetch(Case, case_id, "case:edit")
    found = queries.revision_numbered(g.actor, case, number) if number < 10**9 else None
    if found is None:
        abort(404)
    changed = actions.restore_revision(g.actor, case, found, clock.now())
    flash(
        _("Revision %(number)d is the newest again; the others are kept.", number=number)
        if changed else _("This is the text as it stands already."), "success",
    )
    return go(url_for("cases.show", case_id=case.id))
