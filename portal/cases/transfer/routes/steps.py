"""The steps of an import: its columns, its rehearsal, writing it, taking it back."""

from typing import Any

from flask import Response, g, request, url_for

from portal.cases.transfer import actions
from portal.cases.transfer.models import CaseImport
from portal.cases.transfer.routes import blueprint
from portal.cases.transfer.routes.imports import import_page
from portal.cases.transfer.rules import ADD, EMPTY, SKIP, word_key
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import current_language
from portal.core.render import go
from portal.lists.queries import vocabulary


@blueprint.post("/cases/imports/<int:import_id>/columns")
@access.requires("import:use")
def choose_columns(import_id: int) -> Response:
    """Which field each column is; then the rehearsal begins."""
    found = access.fetch(CaseImport, import_id, "import:use")
    mapping = [request.form.get(f"column-{number}", "") for number in range(len(found.header))]
    return _step(found, actions.choose_columns, mapping)


@blueprint.post("/cases/imports/<int:import_id>/rehearse")
@access.requires("import:use")
def rehearse(import_id: int) -> Response:
    """Once more, because the library changed or the first time was stopped."""
    return _step(access.fetch(CaseImport, import_id, "import:use"), actions.rehearse)


@blueprint.post("/cases/imports/<int:import_id>/commit")
@access.requires("import:use")
def commit(import_id: int) -> Response:
    """Write what was rehearsed, as far as it was chosen."""
    found = access.fetch(CaseImport, import_id, "import:use")
    return _step(found, actions.commit_import, _choices(found))


@blueprint.post("/cases/imports/<int:import_id>/revert")
@access.requires("import:use")
def revert(import_id: int) -> Response:
    """Take back what was written."""
    return _step(access.fetch(CaseImport, import_id, "import:use"), actions.revert_import)


def _step(found: CaseImport, action: Any, *given: Any) -> Response:
    import_id = found.id
    try:
        action(g.actor, found, *given, clock.now(), current_language())
    except Refused as refused:
        return import_page(found, str(refused.message), refused.status)
    return go(url_for("transfer.show", import_id=import_id))


def _choices(found: CaseImport) -> dict[str, Any]:
    """What the form of the rehearsal decides; what is no choice counts as leaving out."""
    unknown = found.rehearsal.result.get("unknown", []) if found.rehearsal else []
    decided = {}
    for number, (name, word, _count) in enumerate(unknown):
        decision = request.form.get(f"word-{number}", SKIP)
        allowed = decision in (SKIP, EMPTY) or decision in vocabulary()[name] or (
            decision == ADD and access.allows(g.actor, "lists:manage"))
        decided[word_key(name, word)] = decision if allowed else SKIP
    return {
        **{name: name in request.form for name in ("updates", "alike", "draft")},
        "words": decided,
    }
