"""The import as long work: what was rehearsed and chosen, batch by batch, each exactly once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import sleep
from typing import Any

from sqlalchemy import case, func, select, update

from portal.cases.exchange import words
from portal.cases.exchange.folders import Entry
from portal.cases.exchange.importing import save
from portal.cases.exchange.job import Job
from portal.cases.exchange.parsing import record_of
from portal.cases.exchange.records import CaseRecord, Record, TextRecord, Wrong
from portal.cases.exchange.report import Outcome, Report
from portal.cases.exchange.saving_cases import save_cases
from portal.cases.exchange.saving_texts import save_texts
from portal.cases.transfer.guarding import CommitGuard
from portal.cases.transfer.models import CaseImport, ImportRow
from portal.cases.transfer.rehearsing import to_import
from portal.cases.transfer.rules import BATCH, chosen_verdicts, undecided
from portal.cases.transfer.source import importer, job_of
from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import reading_only
from portal.extensions import db
from portal.tasks import Progress, kind
from portal.tasks.models import Task

# Between two batches whoever waits to save something gets their turn.
PAUSE = 0.02


@kind("case_import", _l("Import of cases"), resumes=True, links=to_import,
      steps={"writing": _l("Writing cases into the library")},
      when_cancelled=_l("What went in before stays in; the page of the import can take it back."))
def commit(task: Task, progress: Progress) -> None:
    """Write what waits. Taken up again after a crash where the last batch ended."""
    with reading_only():
        found = db.session.get_one(CaseImport, task.input["import"])
        actor, choices, import_id = importer(task.person_id), dict(found.choices), found.id
        guard = CommitGuard(actor, _made_by(import_id))
        job = job_of(found, actor, clock.now(), guard, choices.get("words"))
    verdicts = chosen_verdicts(choices)
    chosen = (ImportRow.import_id == import_id, ImportRow.verdict.in_(verdicts))
    with progress.batch():
        wrong = case((ImportRow.verdict == "error", "failed"), else_="left")
        db.session.execute(update(ImportRow).where(
            ImportRow.import_id == import_id, ImportRow.outcome.is_(None),
            ImportRow.verdict.not_in(verdicts)).values(outcome=wrong))
        count = select(func.count()).select_from(ImportRow).where(*chosen)
        total = db.session.scalar(count) or 0
        waiting = db.session.scalar(count.where(ImportRow.outcome.is_(None))) or 0
        progress(total - waiting, total, "writing")
    _Commit(job, guard, import_id, choices, progress).run()


def _made_by(import_id: int) -> set[int]:
    query = select(ImportRow.case_id).where(
        ImportRow.import_id == import_id, ImportRow.outcome == "new", ImportRow.text_id.is_(None)
    )
    return {case_id for case_id in db.session.scalars(query) if case_id is not None}


@dataclass
class _Commit:
    job: Job
    guard: CommitGuard
    import_id: int
    choices: Mapping[str, Any]
    progress: Progress
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=words.codes)

    def run(self) -> None:
        while rows := self._next():
            self.guard.seen = {row.source: (row.verdict, row.revision_before) for row in rows}
            left: dict[str, str] = {}
            records = [record for row in rows if (record := self._record(row, left)) is not None]
            if left:
                self._leave(rows, left)
            self._write([r for r in records if isinstance(r, CaseRecord)], save_cases, rows)
            self._write([r for r in records if isinstance(r, TextRecord)], save_texts, rows)
            sleep(PAUSE)

    def _next(self) -> list[ImportRow]:
        """The next rows whose turn has not come yet, in the order of the rehearsal."""
        with reading_only():
            query = select(ImportRow).where(
                ImportRow.import_id == self.import_id, ImportRow.outcome.is_(None)
            ).order_by(ImportRow.number).limit(BATCH)
            rows = list(db.session.scalars(query))
            db.session.expunge_all()
            return rows

    def _record(self, row: ImportRow, left: dict[str, str]) -> Record | None:
        if missing := undecided(row.unknown, self.choices.get("words", {})):
            left[row.source] = str(_l("“%(word)s” is in no list.", word=missing[0]))
            return None
        try:
            record, _notes = record_of(Entry(row.source, None), self.job, self.codes)
        except Wrong as wrong:
            left[row.source] = str(wrong.message)
            return None
        as_draft = self.choices.get("draft") and row.verdict in ("new", "alike")
        if as_draft and isinstance(record, CaseRecord) and record.confidence != "archived":
            record = replace(record, confidence="draft")
        return record

    def _write(
        self, records: Sequence[Any], how: Callable[[Job, Any], Report], rows: Sequence[ImportRow]
    ) -> None:
        """Save in transactions that also say what became of each record."""
        by_path = {row.source: row.id for row in rows}
        report, told = Report(), set[str]()

        def keep(part: Report) -> None:
            reasons = {problem.file: str(problem.reason) for problem in part.problems}
            for outcome in part.outcomes:
                self._note(by_path[outcome.path], outcome, reasons.pop(outcome.path, ""))
            for path, reason in reasons.items():
                _set(by_path[path], outcome="failed", reason=reason)
            found = {outcome.path for outcome in part.outcomes} | reasons.keys()
            self._add_tags(part.tags)
            self.progress(self.progress.done + len(found))
            told.update(found)

        save(self.job, records, how, report, self.progress.batch, keep)
        told_wrongly = {problem.file: str(problem.reason) for problem in report.problems
                        if problem.file not in told}
        if told_wrongly:
            self._leave(rows, told_wrongly)

    def _note(self, row_id: int, outcome: Outcome, reason: str) -> None:
        if outcome.result == "new" and outcome.text_id is None:
            self.guard.own = {*self.guard.own, outcome.case_id}
        values: dict[str, Any] = {"reason": reason} if reason else {}
        _set(row_id, outcome=outcome.result, case_id=outcome.case_id, text_id=outcome.text_id,
             revision_before=outcome.revision_before, revision_after=outcome.revision_after,
             before=dict(outcome.before) if outcome.before else None,
             after=dict(outcome.after) if outcome.after else None, files=list(outcome.files),
             **values)

    def _leave(self, rows: Sequence[ImportRow], reasons: Mapping[str, str]) -> None:
        with self.progress.batch():
            for row in rows:
                if row.source in reasons:
                    _set(row.id, outcome="failed", reason=reasons[row.source])
            self.progress(self.progress.done + len(reasons))

    def _add_tags(self, codes: Sequence[str]) -> None:
        if codes:
            found = db.session.get_one(CaseImport, self.import_id)
            found.made_tags = sorted({*found.made_tags, *codes})


def _set(row_id: int, **values: Any) -> None:
    db.session.execute(update(ImportRow).where(ImportRow.id == row_id).values(**values)
                       .execution_options(synchronize_session=False))
