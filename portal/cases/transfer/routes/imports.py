"""Beginning an import, and its page."""

from pathlib import Path
from typing import Any

from flask import Response, current_app, g, request, url_for

from portal.cases.exchange import listing
from portal.cases.exchange.columns import FIELDS, SECTION
from portal.cases.exchange.records import Wrong
from portal.cases.transfer import actions, queries, words
from portal.cases.transfer.errors import error_rows
from portal.cases.transfer.models import CaseImport, ImportRow
from portal.cases.transfer.routes import blueprint
from portal.cases.transfer.rules import MOST_BYTES, MOST_TABLE_BYTES, VERDICTS, WRITTEN
from portal.cases.transfer.storing import store_upload
from portal.core import access, clock
from portal.core.downloads import csv_file
from portal.core.i18n import current_language
from portal.core.paging import paginate
from portal.core.render import go, render
from portal.core.unit_of_work import abandon, reading_only
from portal.lists.queries import choices
from portal.tasks.routes import shown as shown_task
from portal.transfer.stages import stage_of, task_of
from portal.transfer.uploads import Sent


@blueprint.get("/cases/import")
@access.requires("case:import")
def start_import() -> Response:
    """Choose files, a folder or a table; below, the imports so far."""
    return _start_page()


@blueprint.post("/cases/import")
@access.requires("case:import")
def upload() -> Response:
    """Keep what was sent, and begin to rehearse it."""
    # A field that was left empty is sent as a file without a name.
    sent = [Sent(file.filename or "", file.stream)  # type: ignore[arg-type]
            for name in ("files", "folder") for file in request.files.getlist(name)]
    with reading_only():
        # Large files take their time: nothing of the database is held after this.
        folder = _folder()
    try:
        stored = store_upload(sent, folder)
    except Wrong as wrong:
        return _start_page(str(wrong.message), 422)
    found = actions.begin_import(g.actor, stored, clock.now(), current_language())
    return go(url_for("transfer.show", import_id=found.id))


@blueprint.get("/cases/import/sample.csv")
@access.requires("case:import")
def import_sample() -> Response:
    """A table to start from."""
    return csv_file("cases-sample.csv", listing.sample(current_language()))


@blueprint.get("/cases/imports/<int:import_id>")
@access.requires("import:use")
def show(import_id: int) -> Response:
    """Where the import stands, and what can be done next."""
    found = access.fetch(CaseImport, import_id, "import:use")
    return import_page(found)


@blueprint.get("/cases/imports/<int:import_id>/errors.csv")
@access.requires("import:use")
def import_errors(import_id: int) -> Response:
    """What stayed out, with the reasons, as a table to correct and import again."""
    found = access.fetch(CaseImport, import_id, "import:use")
    rows = error_rows(found, _folder(), current_language())
    return csv_file(f"import-{found.id}-errors.csv", rows)


def import_page(found: CaseImport, problem: str = "", status: int = 200) -> Response:
    """The page of the import's present stage; `problem` says why the last step was refused."""
    if problem:
        abandon()
    stage = stage_of(found)
    context: dict[str, Any] = {
        "import": found, "stage": stage, "problem": problem, "transfer_words": words,
    }
    task = task_of(found)
    if task is not None:
        context |= shown_task(task)
    if stage == "columns" or request.args.get("step") == "columns":
        return render("transfer/columns.html", status=status, **context, fields=FIELDS,
                      section=SECTION, field_words=words.field_words(),
                      rows_count=found.choices.get("rows"))
    if stage in ("rehearsing", "committing", "reverting"):
        return render("transfer/working.html", status=status, **context)
    context |= _listed(found, stage)
    template = "rehearsed" if stage in ("rehearsed", "stopped") else "committed"
    return render(f"transfer/{template}.html", "transfer/_rows.html", status=status, **context)


def _listed(found: CaseImport, stage: str) -> dict[str, Any]:
    """The rows of the group that the address asks for, and how many each group has."""
    rows, wanted = queries.rows_of(found), request.args.get("verdict", "")
    counts: dict[str, int]
    if stage in ("rehearsed", "stopped"):
        counts = dict(queries.verdict_counts(found))
        if wanted in VERDICTS:
            rows = rows.where(ImportRow.verdict == wanted)
    else:
        counts = dict(queries.outcome_counts(found))
        if wanted in words.OUTCOMES:
            asked = ImportRow.outcome == wanted
            rows = rows.where(ImportRow.outcome.is_(None) if wanted == "waiting" else asked)
        elif wanted == "kept":
            rows = rows.where(ImportRow.reverted == "kept")
    page = paginate(rows)
    ids = {case_id for row in page.items for case_id in (row.case_id, *row.alike) if case_id}
    result = found.rehearsal.result if found.rehearsal else {}
    return {
        "page": page, "counts": counts, "wanted": wanted, "result": result,
        "titles": queries.readable_titles(g.actor, sorted(ids)),
        "written": sum(counts.get(each, 0) for each in WRITTEN),
        "reverted": queries.reverted_counts(found) if stage == "reverted" else {},
        "list_choices": {name: choices(name, current_language())
                         for name in {each[0] for each in result.get("unknown", [])}},
    }


def _start_page(problem: str = "", status: int = 200) -> Response:
    if problem:
        abandon()
    return render(
        "transfer/start_import.html", status=status, problem=problem, most=MOST_BYTES,
        most_table=MOST_TABLE_BYTES, page=paginate(queries.own_imports(g.actor)),
        stage_of=stage_of, transfer_words=words, fields=FIELDS, field_words=words.field_words(),
    )


def _folder() -> Path:
    folder: Path = current_app.extensions["settings"].transfers
    return folder
