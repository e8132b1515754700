"""Beginning an import of leads, and its page."""

from typing import Any

from flask import Response, g, request, url_for

from portal.core import access, clock
from portal.core.downloads import csv_file, excel_file
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, render
from portal.core.unit_of_work import abandon, reading_only
from portal.core.workbook import Sheet
from portal.leads.transfer import actions, files, queries, rules, words
from portal.leads.transfer.colleagues import importable_for
from portal.leads.transfer.columns import FIELDS
from portal.leads.transfer.models import LeadImport
from portal.leads.transfer.routes import blueprint
from portal.leads.transfer.routes.rows import listed
from portal.leads.transfer.storing import ACCEPTED, folder, most_bytes, store_upload
from portal.lists.queries import choices
from portal.tasks.routes import shown as shown_task
from portal.transfer.stages import stage_of, task_of
from portal.transfer.tables import MOST_ROWS
from portal.transfer.uploads import Sent
from portal.transfer.wrong import Wrong


@blueprint.get("/leads/import")
@access.requires("lead:import")
def start_import() -> Response:
    """Choose a table; below, the imports so far."""
    return _start_page()


@blueprint.post("/leads/import")
@access.requires("lead:import")
def upload() -> Response:
    """Keep what was sent, and ask what its columns are."""
    file = request.files.get("file")
    sent = Sent(file.filename or "", file.stream) if file else None  # type: ignore[arg-type]
    with reading_only():
        # Large files take their time: nothing of the database is held after this.
        where, most = folder(), most_bytes()
    try:
        stored = store_upload(sent, where, most)
    except Wrong as wrong:
        return _start_page(str(wrong.message), 422)
    found = actions.begin_import(g.actor, stored, clock.now())
    return go(url_for("lead_import.show", lead_import_id=found.id))


@blueprint.get("/leads/import/template.xlsx")
@access.requires("lead:import")
def import_template() -> Response:
    """The headings that are understood, with two examples."""
    return excel_file(_("leads-template.xlsx"), [files.template(current_language())])


@blueprint.get("/leads/imports/<int:lead_import_id>")
@access.requires("lead_import:use")
def show(lead_import_id: int) -> Response:
    """Where the import stands, and what can be done next."""
    return import_page(access.fetch(LeadImport, lead_import_id, "lead_import:use"))


@blueprint.get("/leads/imports/<int:lead_import_id>/left.csv")
@access.requires("lead_import:use")
def left_over(lead_import_id: int) -> Response:
    """What stayed out, with the reasons, to correct and import again."""
    found = access.fetch(LeadImport, lead_import_id, "lead_import:use")
    return csv_file(f"lead-import-{found.id}-errors.csv",
                    files.left_over(found, current_language()))


@blueprint.get("/leads/imports/<int:lead_import_id>/left.xlsx")
@access.requires("lead_import:use")
def left_over_sheet(lead_import_id: int) -> Response:
    """The same as a workbook."""
    found = access.fetch(LeadImport, lead_import_id, "lead_import:use")
    header, *rows = files.left_over(found, current_language())
    return excel_file(f"lead-import-{found.id}-errors.xlsx",
                      [Sheet(_("Not imported"), header, rows)])


def import_page(found: LeadImport, problem: str = "", status: int = 200) -> Response:
    """The page of the import's present stage; `problem` says why the last step was refused."""
    if problem:
        abandon()
    stage = stage_of(found)
    context: dict[str, Any] = {
        "import": found, "stage": stage, "problem": problem, "import_words": words,
        "rules": rules,
    }
    task = task_of(found)
    if task is not None:
        context |= shown_task(task)
    if stage == "columns" or (request.args.get("step") == "columns" and stage in (
            "rehearsed", "stopped")):
        return render("lead_import/columns.html", status=status, **context, **_of_columns(found))
    if stage in ("rehearsing", "committing", "reverting"):
        return render("lead_import/working.html", status=status, **context)
    context |= listed(found, stage)
    template = "rehearsed" if stage in ("rehearsed", "stopped") else "committed"
    return render(f"lead_import/{template}.html", "lead_import/_rows.html", status=status,
                  **context)


def _of_columns(found: LeadImport) -> dict[str, Any]:
    return {
        "fields": FIELDS, "colleagues": importable_for(g.actor),
        "channels": choices("channel", current_language()),
        "defaults": {"channel": "import", "owner": rules.ME, "title": words.default_title(),
                     **found.choices.get("defaults", {})},
    }


def _start_page(problem: str = "", status: int = 200) -> Response:
    if problem:
        abandon()
    return render(
        "lead_import/start_import.html", status=status, problem=problem, most=most_bytes(),
        most_rows=MOST_ROWS, accepted=",".join(ACCEPTED), fields=FIELDS, import_words=words,
        page=paginate(queries.own_imports(g.actor)), stage_of=stage_of, rules=rules,
    )
