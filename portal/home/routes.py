"""Today, help, the audit log and the health check."""

from flask import Blueprint, Response, abort, g, jsonify
from sqlalchemy import text

from portal.core import access, clock
from portal.core import today as waiting
from portal.core.i18n import current_language
from portal.core.paging import paginate
from portal.core.render import render
from portal.extensions import db
from portal.home import help_pages, queries
from portal.home.audit_details import detail_word, shown_details
from portal.home.audit_words import ACTIONS

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@access.requires("portal:use")
def today() -> Response:
    """What waits for this person, in one ordered list."""
    return render(
        "home/today.html", rows=waiting.rows(g.actor, clock.now()),
        newest=queries.newest_cases(g.actor), starters=queries.starters(g.actor, g.user),
        today=clock.today(),
    )


@blueprint.get("/help")
@access.requires("portal:use")
def help_index() -> Response:
    """The help pages."""
    return render("home/help_index.html", pages=help_pages.all_pages(current_language()))


@blueprint.get("/help/<name>")
@access.requires("portal:use")
def help_page(name: str) -> Response:
    """One help page."""
    pages = help_pages.all_pages(current_language())
    found = next((page for page in pages if page.name == name), None)
    if found is None:
        abort(404)
    return render("home/help_page.html", page=found, pages=pages)


@blueprint.get("/manage/audit")
@access.requires("audit:read")
def audit_log() -> Response:
    """Who changed what, newest first."""
    page = paginate(queries.audit_entries(), per_page=50)
    return render("home/audit_log.html", page=page, names=queries.names_of(page.items),
                  words=ACTIONS, subject_name=queries.subject_name, detail_word=detail_word,
                  shown_details=shown_details)


@blueprint.get("/healthz")
@access.public
def healthz() -> Response:
    """Whether the portal can serve: for load balancers and monitors."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")
