"""The rehearsal as long work: every row read and judged, no customer touched."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

from flask import url_for
from sqlalchemy import delete, insert

from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import reading_only
from portal.customers.identity.options import AREA_CODE
from portal.extensions import db
from portal.leads.transfer.actions import REHEARSAL
from portal.leads.transfer.colleagues import Colleagues
from portal.leads.transfer.judging import judge, matched
from portal.leads.transfer.models import LeadImport, LeadImportRow
from portal.leads.transfer.reading import Read, Reader
from portal.leads.transfer.rules import BATCH
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
            judged = judge(actor, import_id, some, found_of, seen)
        with progress.batch():
            db.session.execute(insert(LeadImportRow), judged)
            progress(progress.done + len(some))
    words = Counter((name, word) for row in right for name, word in row.words)
    progress.note(unknown=[[name, word, count]
                           for (name, word), count in words.most_common(MOST_WORDS)],
                  unknown_count=len(words))
    progress.tell()


def _read(rows: Rows, reader: Reader, progress: Progress) -> list[Read]:
    read: list[Read] = []
    for number, cells in rows.lines:
        read.append(reader.read(number, cells))
        progress(len(read), len(rows.lines))
    return read


def batches(items: Sequence[Some]) -> Iterator[list[Some]]:
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield batch
