"""An import taken back as long work: exactly what it made, as far as nobody worked on it since."""

from collections.abc import Sequence
from time import sleep

from sqlalchemy import func, select

from portal.core import audit, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import reading_only
from portal.customers.actions.holding import hold_names
from portal.customers.models import TimelineEntry
from portal.extensions import db
from portal.leads.transfer import rules
from portal.leads.transfer.actions import REVERT
from portal.leads.transfer.committing import PAUSE
from portal.leads.transfer.models import LeadImport, LeadImportRow
from portal.leads.transfer.rehearsing import to_import
from portal.leads.transfer.source import importer
from portal.leads.transfer.undoing import Undoing
from portal.tasks import Progress, kind
from portal.tasks.models import Task

TAKEN_BACK_AT_ONCE = 8


@kind(REVERT, _l("Taking an import of leads back"), resumes=True, links=to_import,
      steps={"reverting": _l("Taking back what the import brought")},
      when_cancelled=_l("What was taken back before stays taken back."))
def revert(task: Task, progress: Progress) -> None:
    """Undo from the last row to the first: deals before the customers that they belong to."""
    with reading_only():
        found = db.session.get_one(LeadImport, task.input["import"])
        actor, import_id = importer(task.person_id), found.id
        written = (LeadImportRow.import_id == import_id,
                   LeadImportRow.outcome.in_(rules.WRITTEN))
        total = db.session.scalar(select(func.count()).where(*written)) or 0
        waiting = select(func.count()).where(*written, LeadImportRow.reverted.is_(None))
        done = total - (db.session.scalar(waiting) or 0)
        until = progress.result.get("until") or db.session.scalar(
            select(func.max(TimelineEntry.id))) or 0
    progress.note(until=until)
    progress(done, total, "reverting")
    progress.tell()
    undoing = Undoing(actor, import_id, until, _("Import taken back"), clock.now())
    # Each row locks what it changes, before the audit log: see `committing.together`.
    at_once = 1 if db.engine.dialect.name == "postgresql" else TAKEN_BACK_AT_ONCE
    more = True
    while more:
        with progress.batch():
            hold_names()
            rows = db.session.scalars(
                select(LeadImportRow).where(*written, LeadImportRow.reverted.is_(None))
                .order_by(LeadImportRow.line.desc()).limit(at_once)).all()
            more = bool(rows)
            _take_back(undoing, rows)
            progress(progress.done + len(rows))
        sleep(PAUSE)
    with progress.batch():
        audit.record(actor.id, "lead_import.reverted", f"lead_import:{import_id}", clock.now(),
                     **_counts(import_id))


def _take_back(undoing: Undoing, rows: Sequence[LeadImportRow]) -> None:
    if not rows:
        return
    undoing.now = clock.now()
    undoing.look_at(rows)
    for row in rows:
        try:
            with db.session.begin_nested():
                reason = undoing.undo(row)
        except Refused as refused:
            reason = refused.message
        row.reverted = rules.KEPT if reason else rules.REVERTED
        row.kept_because = str(reason or "")[:300]


def _counts(import_id: int) -> dict[str, int]:
    query = select(LeadImportRow.reverted, func.count()).where(
        LeadImportRow.import_id == import_id, LeadImportRow.reverted.is_not(None)
    ).group_by(LeadImportRow.reverted)
    return {str(how): count for how, count in db.session.execute(query)}
