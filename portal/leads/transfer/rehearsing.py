"""The rehearsal as long work: every row read and judged, no customer touched."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

from flask import url_for
from sqlalchemy import delete, insert, select

from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import reading_only
from portal.customers.identity.options import AREA_CODE
from portal.extensions import db
from portal.leads.transfer import rules
from portal.leads.transfer.actions import REHEARSAL, write_row
from portal.leads.transfer.colleagues import Colleagues, importable_for
from portal.leads.transfer.judging import judge, matched
from portal.leads.transfer.models import LeadImport, LeadImportRow
from portal.leads.transfer.owners import Owners
from portal.leads.transfer.reading import Read, Reader
from portal.leads.transfer.room import Room
from portal.leads.transfer.seen import Seen
from portal.leads.transfer.source import importer
from portal.leads.transfer.storing import folder, rows_of
from portal.options.queries import value
from portal.tasks import Link, Progress, kind
from portal.tasks.models import Task
from portal.transfer.tables import Rows

# Words of lists that are asked for on the page; a table with more of them names something else.
MOST_WORDS = 100
Some = TypeVar("Some")


def to_import(task: Task) -> Sequence[Link]:
    return [Link(_l("To the import"),
                 url_for("lead_import.show", lead_import_id=task.input["import"]))]


@kind(REHEARSAL, _l("Rehearsal of an import of leads"), resumes=True, links=to_import,
      steps={"reading": _l("Reading the table"),
             "comparing": _l("Looking for who has these customers already"),
             "judging": _l("Writing down what would be done")},
      when_cancelled=_l("No customer and no lead was written."))
def rehearse(task: Task, progress: Progress) -> None:
    """Judge every row. Begun anew after a crash: nothing was written but the verdicts."""
    progress(0, task.total, "reading")
    with reading_only():
        found = db.session.get_one(LeadImport, task.input["import"])
        actor, import_id = importer(task.person_id), found.id
        rows, area_code = rows_of(found, folder()), value(AREA_CODE)
        room = Room(Owners(actor, found.choices.get("defaults", {}).get("owner", ""),
                           {each.id: each.name for each in importable_for(actor)}), clock.now())
        reader = Reader(rows.header, found.mapping, Colleagues(actor), area_code, clock.today())
    with progress.batch():
        db.session.execute(delete(LeadImportRow).where(LeadImportRow.import_id == import_id))
    read = _read(rows, reader, progress)
    progress(message="comparing")
    right = [row for row in read if not row.errors]
    with reading_only():
        # All at once: it is one pass over everything that is known.
        found_of = matched(right)
    progress(0, len(rows.lines), "judging")
    seen = Seen(area_code)
    for some in batches(read):
        with reading_only():
            judged = [{**row, "did": room.of_new(row)}
                      for row in judge(actor, import_id, some, found_of, seen)]
        with progress.batch():
            db.session.execute(insert(LeadImportRow), judged)
            progress(progress.done + len(some))
    progress.note(claimable=_look_at_pool(import_id, room, progress))
    words = Counter((name, word) for row in right for name, word in row.words)
    progress.note(unknown=[[name, word, count]
                           for (name, word), count in words.most_common(MOST_WORDS)],
                  unknown_count=len(words))
    progress.tell()


def _look_at_pool(import_id: int, room: Room, progress: Progress) -> int:
    """Which customers of the pool could be claimed; how many rows that are."""
    last, count = 0, 0
    while True:
        with reading_only():
            rows = db.session.scalars(
                select(LeadImportRow)
                .where(LeadImportRow.import_id == import_id,
                       LeadImportRow.verdict == rules.POOL, LeadImportRow.line > last)
                .order_by(LeadImportRow.line).limit(rules.BATCH)).all()
            found, last = room.of_pool(rows), rows[-1].line if rows else last
        if not found:
            return count
        with progress.batch():
            for row_id, did in found.items():
                write_row(row_id, did=did)
        count += sum("can" in did for did in found.values())


def _read(rows: Rows, reader: Reader, progress: Progress) -> list[Read]:
    read: list[Read] = []
    for number, cells in rows.lines:
        read.append(reader.read(number, cells))
        progress(len(read), len(rows.lines))
    return read


def batches(items: Sequence[Some]) -> Iterator[list[Some]]:
    waiting = iter(items)
    while batch := list(islice(waiting, rules.BATCH)):
        yield batch
