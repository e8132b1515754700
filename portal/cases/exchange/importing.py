"""The import of a folder: files read in batches, each saved in one transaction, then indexed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import islice
from typing import TypeVar

from flask import current_app
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from portal.cases.exchange import words
from portal.cases.exchange.folders import Entry, Folder
from portal.cases.exchange.job import Job
from portal.cases.exchange.lookups import People
from portal.cases.exchange.merged import lead_on
from portal.cases.exchange.parsing import record_of
from portal.cases.exchange.reader import Codes
from portal.cases.exchange.records import CaseRecord, Record, TextRecord, Wrong
from portal.cases.exchange.report import Report
from portal.cases.exchange.saving_cases import save_cases
from portal.cases.exchange.saving_texts import save_texts
from portal.core import clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import reading_only, transaction
from portal.people.rules import Actor

BATCH = 500
Progress = Callable[[int], None]
Unit = Callable[[], AbstractContextManager[object]]
Some = TypeVar("Some")
R = TypeVar("R", CaseRecord, TextRecord)


def import_library(
    actor: Actor, folder: Folder, now: datetime, progress: Progress = lambda done: None
) -> Report:
    """Take over every case, solution and comment of the folder; what cannot go in is reported.

    Every 500 records are committed for themselves, so an interrupted import is simply repeated.
    Raises `OperationalError` when the database takes nothing at all (full disk, locked).
    """
    settings = current_app.extensions["settings"]
    with reading_only():
        people = People()
    job = Job(actor, folder, now, clock.zone(), people, settings.files, settings.upload_mb)
    report, codes = Report(), words.codes()
    seen: dict[tuple[str, str], str] = {}
    texts: list[TextRecord] = []
    merged: list[CaseRecord] = []
    for entries in _batches(folder.entries()):
        records = [record for entry in entries
                   if (record := _read(entry, job, codes, seen, report)) is not None]
        # Solutions and comments wait until every case is there, whatever the order of files.
        texts += [record for record in records if isinstance(record, TextRecord)]
        cases = [record for record in records if isinstance(record, CaseRecord)]
        save(job, cases, save_cases, report)
        merged += [record for record in cases if record.merged_into]
        progress(len(entries))
    for batch in _batches(texts):
        save(job, batch, save_texts, report)
    lead_on(merged)
    report.problems = sorted([*folder.problems, *report.problems], key=lambda p: (p.file, p.line))
    report.others = folder.others
    return report


def _read(
    entry: Entry, job: Job, codes: Codes, seen: dict[tuple[str, str], str], report: Report
) -> Record | None:
    try:
        record, notes = record_of(entry, job, codes)
        key = (record.kind if isinstance(record, TextRecord) else "case", record.ref)
        if key in seen:
            raise Wrong(
                _l("“%(ref)s” is the ref of %(file)s already.", ref=record.ref, file=seen[key]),
                record.lines.get("ref", 0),
            )
    except Wrong as wrong:
        report.problem(entry.path, wrong.message, wrong.line)
        return None
    seen[key] = entry.path
    report.notes += notes
    return record


def save(
    job: Job, records: Sequence[R], write: Callable[[Job, Sequence[R]], Report], report: Report,
    unit: Unit = transaction, keep: Callable[[Report], None] = lambda part: None,
) -> None:
    """Save together in one `unit`; when the database refuses one of them, each for itself.
    `keep(part)` writes down in the same transaction what became of them."""
    if not records:
        return
    try:
        with unit():
            part = write(job, records)
            keep(part)
    except OperationalError:
        raise
    except (SQLAlchemyError, Refused, ValueError) as error:
        if len(records) > 1:
            for record in records:
                save(job, [record], write, report, unit, keep)
        else:
            report.problem(records[0].path, _l("It could not be saved: %(error)s.",
                                               error=str(error).splitlines()[0][:200]))
    else:
        report.add(part)


def _batches(items: Sequence[Some]) -> Iterator[list[Some]]:
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield batch
