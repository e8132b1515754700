"""An import taken back as long work: exactly what it made, as far as nobody worked on it since."""

from collections.abc import Sequence
from time import sleep
from typing import Any

from sqlalchemy import func, select

from portal.cases.exchange.saving_texts import recount
from portal.cases.models import Case
from portal.cases.transfer.committing import PAUSE
from portal.cases.transfer.models import CaseImport, ImportRow
from portal.cases.transfer.rehearsing import to_import
from portal.cases.transfer.rules import BATCH, WRITTEN
from portal.cases.transfer.source import importer
from portal.cases.transfer.undoing import Undoing
from portal.core import audit, clock
from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import reading_only
from portal.extensions import db
from portal.lists.actions import remove_unused_tags
from portal.people.rules import Actor
from portal.tasks import Progress, kind
from portal.tasks.models import Task


@kind("case_revert", _l("Taking an import back"), resumes=True, links=to_import,
      steps={"reverting": _l("Taking back what the import wrote"),
             "tags": _l("Removing tags that nobody uses any more")},
      when_cancelled=_l("What was taken back before stays taken back."))
def revert(task: Task, progress: Progress) -> None:
    """Undo in the opposite order: first what hangs on cases, then the cases."""
    with reading_only():
        found = db.session.get_one(CaseImport, task.input["import"])
        actor, import_id, tags = importer(task.person_id), found.id, list(found.made_tags)
        written = (ImportRow.import_id == import_id, ImportRow.outcome.in_(WRITTEN))
        total = db.session.scalar(select(func.count()).select_from(ImportRow).where(*written)) or 0
        waiting = db.session.scalar(select(func.count()).select_from(ImportRow).where(
            *written, ImportRow.reverted.is_(None))) or 0
    progress(total - waiting, total, "reverting")
    query = select(ImportRow).where(*written, ImportRow.reverted.is_(None))
    more = True
    while more:
        with progress.batch():
            rows = list(db.session.scalars(query.order_by(ImportRow.number.desc()).limit(BATCH)))
            more = bool(rows)
            _take_back(actor, import_id, rows, frozenset(tags))
            progress(progress.done + len(rows))
        sleep(PAUSE)
    progress(message="tags")
    with progress.batch():
        removed = remove_unused_tags(actor.id, tags, clock.now())
        progress.note(tags=removed)


def _take_back(
    actor: Actor, import_id: int, rows: Sequence[ImportRow], tags: frozenset[str]
) -> None:
    if not rows:
        return
    now = clock.now()
    texts = [row for row in rows if row.text_id is not None]
    cases = [row for row in rows if row.text_id is None]
    undoing = Undoing(actor, now, tags)
    touched = set[int]()
    for row in texts:
        _mark(row, undoing.text(row), now)
        touched.add(row.case_id or 0)
    # Whether anything hangs on a case is asked of the database.
    db.session.flush()
    if touched:
        recount(set(db.session.scalars(select(Case).where(Case.id.in_(touched)))))
        db.session.flush()
    undoing.look_at([row.case_id for row in cases if row.case_id is not None])
    for row in cases:
        _mark(row, undoing.case(row), now)
    done: dict[str, Any] = {
        kept: [row.case_id for row in rows if row.reverted == kept] for kept in ("reverted", "kept")
    }
    audit.record(actor.id, "import.reverted", f"import:{import_id}", now, **done)


def _mark(row: ImportRow, reason: Any, now: Any) -> None:
    """A reason says why it was left as it is."""
    row.reverted, row.reverted_at = ("kept" if reason else "reverted"), now
    row.kept_because = str(reason or "")[:200]


