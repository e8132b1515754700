"""An import step by step: uploaded, its columns named, rehearsed, committed, taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from portal.cases.exchange.columns import FIELDS, LEFT_OUT, SECTION, guessed, shape_of
from portal.cases.transfer.models import CaseImport, ImportRow
from portal.cases.transfer.storing import Stored
from portal.core import audit
from portal.core.errors import Conflict, Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.people.rules import Actor
from portal.tasks.actions import start_task
from portal.transfer.mappings import remember, remembered
from portal.transfer.stages import stage_of

PREVIEW = 5


def begin_import(actor: Actor, stored: Stored, now: datetime, language: str) -> CaseImport:
    """An upload becomes an import. Files are rehearsed at once, a table when its columns are
    known."""
    found = CaseImport(
        person_id=actor.id, name=stored.name, format=stored.format, sha256=stored.sha256,
        size=stored.size, header=[], choices={}, made_tags=[], created_at=now,
    )
    if stored.rows is not None:
        found.header = list(stored.rows.header)
        found.shape = shape_of(stored.rows.header)
        found.mapping = list(remembered(actor, found.shape)
                             or guessed(stored.rows.header))
        found.choices = {"preview": [[cell[:200] for cell in cells]
                                     for _, cells in stored.rows.lines[:PREVIEW]],
                         "rows": len(stored.rows.lines)}
    db.session.add(found)
    # The task and the audit entry name the import.
    db.session.flush()
    audit.record(actor.id, "import.uploaded", f"import:{found.id}", now, name=found.name,
                 size=found.size)
    if stored.rows is None:
        rehearse(actor, found, now, language)
    return found


def choose_columns(
    actor: Actor, found: CaseImport, mapping: Sequence[str], now: datetime, language: str
) -> None:
    """Say which field each column is, and rehearse. Raises `Refused` for what cannot be."""
    _demand(found, "columns", "rehearsed", "stopped")
    if len(mapping) != len(found.header):
        raise Refused(_l("Choose a field for every column."))
    used = [field for field in mapping if field not in (LEFT_OUT, SECTION)]
    if any(field not in FIELDS for field in used):
        raise Refused(_l("Choose a field for every column."))
    if len(used) != len(set(used)):
        raise Refused(_l("Two columns are the same field. Only parts of the text may be several."))
    if "title" not in used:
        raise Refused(_l("One column must be the title."))
    found.mapping = list(mapping)
    remember(actor, found.shape or "", found.mapping, now)
    rehearse(actor, found, now, language)


def rehearse(actor: Actor, found: CaseImport, now: datetime, language: str) -> None:
    """Find out what would be written; an earlier rehearsal is forgotten."""
    _demand(found, "columns", "rehearsed", "stopped")
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == found.id))
    task = start_task(actor, "case_rehearsal", now, language=language, **{"import": found.id})
    found.rehearsal_id = task.id


def commit_import(
    actor: Actor, found: CaseImport, choices: Mapping[str, Any], now: datetime, language: str
) -> None:
    """Write what was chosen, in the background."""
    _demand(found, "rehearsed")
    found.choices = {**found.choices, **choices}
    task = start_task(actor, "case_import", now, language=language, **{"import": found.id})
    found.commit_id = task.id


def revert_import(actor: Actor, found: CaseImport, now: datetime, language: str) -> None:
    """Take back what the import wrote, as far as nobody worked on it since."""
    _demand(found, "committed")
    task = start_task(actor, "case_revert", now, language=language, **{"import": found.id})
    found.revert_id = task.id


def _demand(found: CaseImport, *stages: str) -> None:
    """Two tabs, or two clicks: whoever comes second is told, and nothing is done twice."""
    db.session.refresh(found, with_for_update=True)
    if stage_of(found) not in stages:
        raise Conflict(_l("This import has gone on meanwhile. Open it again to see where it is."))
