"""An import of leads step by step: uploaded, its columns named, rehearsed, brought in, taken
back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update

from portal.core import audit
from portal.core.errors import Conflict, Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.leads.transfer import queries, rules
from portal.leads.transfer.columns import FIELDS, LEFT_OUT, guessed, shape_of
from portal.leads.transfer.models import LeadImport, LeadImportRow
from portal.leads.transfer.storing import Stored
from portal.people.rules import Actor
from portal.tasks.actions import start_task
from portal.transfer.mappings import remember, remembered
from portal.transfer.stages import stage_of
from portal.transfer.tables import Rows

SHAPE = "leads"
REHEARSAL, IMPORT, REVERT = "lead_rehearsal", "lead_import", "lead_revert"


def begin_import(actor: Actor, stored: Stored, now: datetime) -> LeadImport:
    """An upload becomes an import; its columns are guessed, or as they were the last time."""
    found = LeadImport(person_id=actor.id, name=stored.name, sha256=stored.sha256,
                       size=stored.size, choices={}, created_at=now)
    _look_at(actor, found, stored.rows)
    db.session.add(found)
    # The audit entry names the import.
    db.session.flush()
    audit.record(actor.id, "lead_import.uploaded", found.ref, now, name=found.name,
                 size=found.size, rows=len(stored.rows.lines))
    return found


def choose_sheet(actor: Actor, found: LeadImport, rows: Rows) -> None:
    """Read another sheet, or the headings from another line. Raises `Conflict`."""
    _demand(found, "columns", "rehearsed", "stopped")
    _look_at(actor, found, rows)
    _forget_rehearsal(found)


def _look_at(actor: Actor, found: LeadImport, rows: Rows) -> None:
    found.sheet, found.sheets = rows.sheet[:80], [name[:80] for name in rows.sheets]
    found.header_line, found.header = rows.header_line, list(rows.header)
    found.shape = shape_of(rows.header, SHAPE)
    kept = remembered(actor, found.shape)
    found.mapping = list(kept if kept and set(kept) <= {*FIELDS, LEFT_OUT}
                         else guessed(rows.header))
    found.facts = {
        "rows": len(rows.lines), "told": dict(rows.told), "remembered": bool(kept),
        "preview": [[cell[: rules.LONGEST_PREVIEW] for cell in cells]
                    for _, cells in rows.lines[: rules.PREVIEW]],
    }


def choose_columns(
    actor: Actor, found: LeadImport, mapping: Sequence[str], defaults: Mapping[str, str],
    now: datetime, language: str,
) -> None:
    """Say what each column holds and what holds where it says nothing, and rehearse. Raises
    `Refused` for what cannot be."""
    _demand(found, "columns", "rehearsed", "stopped")
    used = [field for field in mapping if field != LEFT_OUT]
    if len(mapping) != len(found.header) or any(field not in FIELDS for field in used):
        raise Refused(_l("Choose a field for every column."))
    if len(used) != len(set(used)):
        raise Refused(_l("Two columns are the same field."))
    if "company" not in used:
        raise Refused(_l("One column must be the company."))
    found.mapping = list(mapping)
    found.choices = {"defaults": dict(defaults), "groups": {}, "words": {}}
    remember(actor, found.shape, mapping, now)
    rehearse(actor, found, now, language)


def rehearse(actor: Actor, found: LeadImport, now: datetime, language: str) -> None:
    """Find out what would be written; an earlier rehearsal is forgotten."""
    _demand(found, "columns", "rehearsed", "stopped")
    _forget_rehearsal(found)
    task = start_task(actor, REHEARSAL, now, language=language, total=found.facts.get("rows", 0),
                      **{"import": found.id})
    found.rehearsal_id = task.id


def _forget_rehearsal(found: LeadImport) -> None:
    db.session.execute(delete(LeadImportRow).where(LeadImportRow.import_id == found.id))
    found.rehearsal_id = None


def choose_acts(actor: Actor, found: LeadImport, acts: Mapping[int, str]) -> int:
    """What is done with single rows (by their id), whatever is done with their group; how many
    changed. What is not possible for a row is passed by."""
    _demand(found, "rehearsed")
    rows = db.session.query(LeadImportRow).filter(
        LeadImportRow.import_id == found.id, LeadImportRow.id.in_(acts)).all()
    changed = 0
    for row in rows:
        act = acts[row.id]
        if act != row.act and (not act or act in rules.ACTS[row.verdict]):
            row.act = act
            changed += 1
    return changed


def commit_import(
    actor: Actor, found: LeadImport, groups: Mapping[str, str], words: Mapping[str, str],
    now: datetime, language: str,
) -> None:
    """Bring in what was chosen, in the background."""
    _demand(found, "rehearsed")
    found.choices = {**found.choices, "groups": dict(groups), "words": dict(words)}
    task = start_task(actor, IMPORT, now, language=language, **{"import": found.id})
    found.commit_id = task.id


def go_on(actor: Actor, found: LeadImport, now: datetime, language: str) -> None:
    """Bring in the rest, as it was chosen, after the import was stopped. Raises `Refused` when
    there is none."""
    _demand(found, "committed")
    if not queries.outcome_counts(found).get("waiting"):
        raise Refused(_l("Every row had its turn already."))
    task = start_task(actor, IMPORT, now, language=language, **{"import": found.id})
    found.commit_id = task.id


def revert_import(actor: Actor, found: LeadImport, now: datetime, language: str) -> None:
    """Take back what the import made, as far as nobody worked on it since. Raises `Refused` when
    it is too long ago."""
    _demand(found, "committed")
    finished = found.commit_task.finished_at if found.commit_task else None
    if not rules.can_revert(finished, now):
        raise Refused(_l("An import can be taken back for %(days)d days. That is over.",
                         days=rules.REVERT_DAYS))
    task = start_task(actor, REVERT, now, language=language, **{"import": found.id})
    found.revert_id = task.id


def _demand(found: LeadImport, *stages: str) -> None:
    """Two tabs, or two clicks: whoever comes second is told, and nothing is done twice."""
    db.session.refresh(found, with_for_update={"key_share": True})
    if stage_of(found) not in stages:
        raise Conflict(_l("This import has gone on meanwhile. Open it again to see where it is."))


def write_row(row_id: int, **values: Any) -> None:
    """Note what became of a row."""
    db.session.execute(update(LeadImportRow).where(LeadImportRow.id == row_id).values(**values)
                       .execution_options(synchronize_session=False))
