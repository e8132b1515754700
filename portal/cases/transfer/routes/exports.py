"""Cases as a file: a table of what a list shows, or everything as an archive."""

from typing import Any

from flask import Response, abort, current_app, g, request, send_file, url_for

from portal.cases import words as case_words
from portal.cases.queries.cases import SORTS, Filters, library
from portal.cases.transfer.exporting import ALLOWED_FILTERS, FORMATS, MEDIA_TYPES, is_expired
from portal.cases.transfer.routes import blueprint
from portal.core import access, clock
from portal.core.i18n import current_language
from portal.core.paging import paginate
from portal.core.render import go, render
from portal.lists.queries import vocabulary
from portal.tasks.actions import start_task
from portal.tasks.models import Task
from portal.transfer.uploads import export_path


@blueprint.get("/cases/export")
@access.requires("portal:use")
def start_export() -> Response:
    """What is exported, and in which form."""
    filters = _filters(request.args)
    count = paginate(library(g.actor, Filters(**filters), clock.today()), per_page=1).total
    return render("transfer/start_export.html", filters=filters, count=count,
                  said=_said(filters))


@blueprint.post("/cases/export")
@access.requires("portal:use")
def export() -> Response:
    """Make the file in the background; its page has the link."""
    wanted = request.form.get("format", "csv")
    if wanted not in FORMATS:
        abort(400)
    if wanted == "zip":
        access.demand(g.actor, "case:export")
    task = start_task(g.actor, "case_export", clock.now(), language=current_language(),
                      format=wanted, filters=_filters(request.form))
    return go(url_for("tasks.task", task_id=task.id))


@blueprint.get("/cases/exports/<int:export_id>/file")
@access.requires("export:fetch")
def download_export(export_id: int) -> Response:
    """The file, for whoever asked for it, as long as it is kept."""
    task = access.fetch(Task, export_id, "export:fetch")
    token = str(task.result.get("file") or "")
    path = export_path(current_app.extensions["settings"].transfers, token)
    if task.kind != "case_export" or not token or is_expired(task, clock.now()):
        abort(404)
    if not path.is_file():
        abort(404)
    if task.result["format"] == "zip":
        # Who takes everything must still be somebody who may.
        access.demand(g.actor, "case:export")
    response = send_file(path, mimetype=MEDIA_TYPES[task.result["format"]], as_attachment=True,
                         download_name=task.result["name"])
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _filters(given: Any) -> dict[str, Any]:
    """The filters of the library's list, as its address has them."""
    names = ALLOWED_FILTERS - {"owner_id", "sort"}
    found: dict[str, Any] = {
        name: value for name in sorted(names) if (value := given.get(name, "")[:64])
    }
    if found.get("confidence") == "draft":
        del found["confidence"]
    author = given.get("author", "")
    if author.isascii() and author.isdigit() and len(author) < 10:
        found["owner_id"] = int(author)
    if given.get("sort") in SORTS:
        found["sort"] = given["sort"]
    return found


def _said(filters: dict[str, Any]) -> list[str]:
    """The filters in words."""
    lists = vocabulary()
    said = []
    for name, value in filters.items():
        if name == "kind":
            said.append(str(case_words.kind_word(value)))
        elif name in ("state", "confidence"):
            said.append(str(case_words.trust_word(value)))
        elif name in lists:
            entry = lists[name].get(value)
            said.append(entry.label(current_language()) if entry else value)
        elif name in ("tag", "language"):
            said.append(str(case_words.language_word(value)))
    return said
