"""The import as long work: what was rehearsed and chosen, batch by batch, each row exactly once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from time import monotonic, sleep
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from portal.core import audit, clock
from portal.core.errors import Refused
from portal.core.events import long_ago
from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import reading_only
from portal.customers.actions.holding import hold_names
from portal.customers.identity.keys import Taken
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.pool.actions.allocating import allocate
from portal.leads.queries.reading import IN_POOL
from portal.leads.transfer import rules
from portal.leads.transfer.actions import IMPORT, write_row
from portal.leads.transfer.colleagues import importable_for
from portal.leads.transfer.models import LeadImport, LeadImportRow
from portal.leads.transfer.owners import Owners
from portal.leads.transfer.rehearsing import to_import
from portal.leads.transfer.source import importer
from portal.leads.transfer.writing import Writer
from portal.tasks import Progress, kind
from portal.tasks.models import Task

# Who waits to save something in SQLite looks again every 25 ms during the first 130: so long a
# batch lasts and a pause is that they get their turn at once.
LONGEST_BATCH, PAUSE = 0.08, 0.03


@kind(IMPORT, _l("Import of leads"), resumes=True, links=to_import,
      steps={"writing": _l("Bringing in customers and leads")},
      when_cancelled=_l("What came in before stays; the page of the import can take it back."))
def commit(task: Task, progress: Progress) -> None:
    """Write what waits. Taken up again after a crash where the last batch ended."""
    with reading_only():
        found = db.session.get_one(LeadImport, task.input["import"])
        actor, import_id, choices = importer(task.person_id), found.id, dict(found.choices)
        names = {each.id: each.name for each in importable_for(actor)}
        owners = Owners(actor, choices.get("defaults", {}).get("owner", ""), names)
        rows = select(func.count()).where(LeadImportRow.import_id == import_id)
        total = db.session.scalar(rows) or 0
        waiting = db.session.scalar(rows.where(LeadImportRow.outcome.is_(None))) or 0
    progress(total - waiting, total, "writing")
    _Commit(Writer(actor, import_id, choices, task.language, owners), progress).run()
    with progress.batch():
        audit.record(actor.id, "lead_import.committed", f"lead_import:{import_id}", clock.now(),
                     rows=total)


@dataclass
class _Commit:
    writer: Writer
    progress: Progress

    def run(self) -> None:
        # After a crash some rows may be written whose leads nobody was given yet.
        self._hand_out(after=0)
        while rows := self._next():
            first = rows[0].line
            while rows:
                rows = rows[self._write(together(rows)):]
                sleep(PAUSE)
            self._hand_out(after=first - 1)

    def _hand_out(self, after: int) -> None:
        """What came in below this line without an owner goes to whom the rules name, one lead in
        one transaction."""
        if not self.writer.owners.by_rules:
            return
        with reading_only():
            rows = db.session.execute(
                select(Lead.id, LeadImportRow.values)
                .join(LeadImportRow, LeadImportRow.lead_id == Lead.id)
                .where(LeadImportRow.import_id == self.writer.import_id, IN_POOL,
                       LeadImportRow.line > after, LeadImportRow.outcome == rules.MADE,
                       Lead.former_owner_id.is_(None))
                .order_by(LeadImportRow.line))
            waiting = [lead_id for lead_id, values in rows if "owner" not in values]
        for lead_id in waiting:
            # One notice for all of them follows in place of one for each.
            with self.progress.batch(), long_ago():
                lead = db.session.get_one(Lead, lead_id)
                if lead.in_pool:
                    allocate(lead, clock.now())
            sleep(PAUSE / 10)

    def _next(self) -> Sequence[LeadImportRow]:
        """The next rows whose turn has not come yet, in the order of the table."""
        with reading_only():
            query = select(LeadImportRow).where(
                LeadImportRow.import_id == self.writer.import_id, LeadImportRow.outcome.is_(None))
            # What is claimed comes last, as it was rehearsed: new customers have the first room.
            query = query.order_by(LeadImportRow.verdict == rules.POOL, LeadImportRow.line)
            rows = list(db.session.scalars(query.limit(rules.BATCH)))
            db.session.expunge_all()
            return rows

    def _write(self, rows: Sequence[LeadImportRow]) -> int:
        """Some of the rows in one short transaction; how many. When the database refuses it, one
        row alone."""
        done, began, count = self.progress.done, monotonic(), 0
        self.writer.owners.count_again()
        try:
            with self.progress.batch():
                hold_names()
                self.writer.owners.hold(wholly=rows[0].verdict == rules.POOL)
                for row in rows:
                    write_row(row.id, **self._outcome(row))
                    count += 1
                    if monotonic() - began > LONGEST_BATCH:
                        break
                self.progress(done + count)
        except DBAPIError:
            self.progress.done = done
            if len(rows) == 1:
                self._give_up(rows[0])
                return 1
            return self._write(rows[:1])
        return count

    def _outcome(self, row: LeadImportRow) -> dict[str, Any]:
        """What became of the row; a refusal undoes this row alone."""
        self.writer.now = clock.now()
        try:
            with db.session.begin_nested():
                return self.writer.write(row)
        except Taken:
            return failed(row, _l("Since the rehearsal somebody has entered this customer."))
        except Refused as refused:
            return failed(row, refused.message)

    def _give_up(self, row: LeadImportRow) -> None:
        with self.progress.batch():
            write_row(row.id, **failed(row, _l("The database refused this row. Import it once "
                                               "more.")))
            self.progress(self.progress.done + 1)


def failed(row: LeadImportRow, reason: Any) -> dict[str, Any]:
    return {"outcome": rules.FAILED, "reason": "\n".join(filter(None, (row.reason, str(reason))))}


def together(rows: Sequence[LeadImportRow]) -> Sequence[LeadImportRow]:
    """The first rows that may be written in one transaction.

    In PostgreSQL rows of the database are locked before the audit log, everywhere: what changes a
    customer that others may be changing too stands alone.
    """
    some = rows[: rules.WRITTEN_AT_ONCE]
    if db.engine.dialect.name != "postgresql":
        return some
    new = list(takewhile(lambda row: row.verdict in (rules.NEW, rules.CLOSE), some))
    return new or some[:1]
