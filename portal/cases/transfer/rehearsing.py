"""The rehearsal as long work: every record read and judged, nothing of the library touched."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from flask import url_for
from sqlalchemy import delete, insert

from portal.cases.exchange import words
from portal.cases.exchange.folders import Entry
from portal.cases.exchange.job import Job
from portal.cases.exchange.judging import Judged, judge_cases, judge_texts
from portal.cases.exchange.parsing import record_of
from portal.cases.exchange.records import CaseRecord, Record, TextRecord, Wrong
from portal.cases.transfer.guarding import RehearsalGuard
from portal.cases.transfer.likeness import KnownTitles, known_titles
from portal.cases.transfer.models import CaseImport, ImportRow
from portal.cases.transfer.rules import BATCH
from portal.cases.transfer.source import importer, job_of, line_of
from portal.core import clock
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded, line
from portal.core.unit_of_work import reading_only
from portal.extensions import db
from portal.lists.models import LONGEST_LABEL
from portal.lists.queries import tags_with_codes
from portal.tasks import Link, Progress, kind
from portal.tasks.models import Task

# So many of the cases that it looks like are named.
MOST_ALIKE = 3
MOST_NAMED = 100
LONGEST_SOURCE = 1000
Row = dict[str, Any]
Some = TypeVar("Some")


def to_import(task: Task) -> Sequence[Link]:
    return [Link(_l("To the import"), url_for("transfer.show", import_id=task.input["import"]))]


@kind("case_rehearsal", _l("Rehearsal of an import"), resumes=True, links=to_import,
      steps={"cases": _l("Reading cases and comparing them with the library"),
             "texts": _l("Reading solutions and comments")},
      when_cancelled=_l("Nothing was written into the library."))
def rehearse(task: Task, progress: Progress) -> None:
    """Judge every record. Begun anew after a crash: nothing was written but the verdicts."""
    with reading_only():
        found = db.session.get_one(CaseImport, task.input["import"])
        actor = importer(task.person_id)
        job = job_of(found, actor, clock.now(), RehearsalGuard(actor))
        import_id, titles = found.id, known_titles(actor)
    with progress.batch():
        db.session.execute(delete(ImportRow).where(ImportRow.import_id == import_id))
    _Rehearsal(job, import_id, titles, progress).run()


@dataclass
class _Rehearsal:
    job: Job
    import_id: int
    titles: KnownTitles
    progress: Progress
    number: int = 0
    seen: dict[tuple[str, str], str] = field(default_factory=dict)
    # Refs and kinds of the cases that would be new or changed.
    coming: dict[str, str] = field(default_factory=dict)
    unknown: dict[tuple[str, str], int] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        entries = self.job.folder.entries()
        codes, texts = words.codes(), list[tuple[Entry, TextRecord]]()
        self.progress(0, len(entries), "cases")
        for batch in batches(entries):
            read = [(entry, self._read(entry, codes)) for entry in batch]
            texts += [(e, r) for e, r in read if isinstance(r, TextRecord)]
            cases = [(e, r) for e, r in read if isinstance(r, CaseRecord)]
            wrong = [self._row(e, None, "error", reason=str(r.message), line=r.line)
                     for e, r in read if isinstance(r, Wrong)]
            place = {entry.path[:LONGEST_SOURCE]: at for at, entry in enumerate(batch)}
            rows = [*self._judged(cases, judge_cases), *wrong]
            self._keep(sorted(rows, key=lambda row: place[row["source"]]), len(batch))
        self.progress(message="texts")
        for some in batches(texts):
            self._keep(self._judged(some, lambda job, them: judge_texts(job, them, self.coming)), 0)
        self._keep([self._row(Entry(problem.file, None), None, "error", reason=str(problem.reason))
                    for problem in self.job.folder.problems], 0)
        self._sum_up(len(entries))

    def _read(self, entry: Entry, codes: Mapping[str, Mapping[str, str]]) -> Record | Wrong:
        try:
            record, _notes = record_of(entry, self.job, codes)
        except Wrong as wrong:
            return wrong
        key = (record.kind if isinstance(record, TextRecord) else "case", record.ref)
        first = self.seen.setdefault(key, entry.path)
        if first != entry.path:
            return Wrong(_l("“%(ref)s” is the ref of %(file)s already.", ref=record.ref,
                            file=first), record.lines.get("ref", 0))
        return record

    def _judged(
        self, read: Sequence[tuple[Entry, Any]], judge: Callable[[Job, Any], list[Judged]]
    ) -> list[Row]:
        if not read:
            return []
        with reading_only():
            verdicts = judge(self.job, [record for _, record in read])
            return [self._row_of(entry, judged)
                    for (entry, _), judged in zip(read, verdicts, strict=True)]

    def _row_of(self, entry: Entry, judged: Judged) -> Row:
        record, verdict, alike = judged.record, judged.verdict, list[int]()
        if isinstance(record, CaseRecord) and verdict != "error":
            for word in record.content.tags:
                self.tags.setdefault(folded(word)[:LONGEST_LABEL], line(word))
            if verdict in ("new", "update"):
                self.coming[record.ref] = judged.kind
            if verdict == "new":
                alike = self.titles.like(record.content.title, MOST_ALIKE)
                verdict = "alike" if alike else "new"
        for each in judged.unknown:
            self.unknown[each] = self.unknown.get(each, 0) + 1
        notes = [str(judged.reason), *(str(note) for note in judged.notes)]
        return self._row(
            entry, record, verdict, reason=" ".join(filter(None, notes)), line=judged.line,
            owner=judged.owner, unknown=[list(each) for each in judged.unknown], alike=alike,
            case_id=judged.case.id if judged.case is not None and verdict != "error" else None,
            revision_before=judged.case.revision if judged.case is not None else None,
        )

    def _row(self, entry: Entry, record: Record | None, verdict: str, **values: Any) -> Row:
        kind_of, title = "", ""
        if isinstance(record, CaseRecord):
            kind_of, title = record.content.kind, line(record.content.title)
        elif record is not None:
            kind_of, title = record.kind, line(record.body)
        row: Row = {
            "import_id": self.import_id, "source": entry.path[:LONGEST_SOURCE],
            "kind": kind_of, "verdict": verdict, "ref": record.ref[:140] if record else "",
            "title": title[:200], "owner": "", "reason": "", "unknown": [], "alike": [],
            "files": [], "kept_because": "", "case_id": None, "revision_before": None, **values,
        }
        row["line"] = line_of(self.job.folder, entry, row.get("line", 0))
        row["owner"] = row["owner"][:120]
        return row

    def _keep(self, rows: Sequence[Row], done: int) -> None:
        for row in rows:
            self.number += 1
            row["number"] = self.number
        with self.progress.batch():
            if rows:
                db.session.execute(insert(ImportRow), rows)
            self.progress(self.progress.done + done)

    def _sum_up(self, entries: int) -> None:
        """What the page of the rehearsal says beside the verdicts."""
        with reading_only():
            codes = [code for code in self.tags if code]
            known = set[str]()
            for some in batches(codes):
                known |= tags_with_codes(some).keys()
        new_tags = [self.tags[code] for code in codes if code not in known]
        words_met = sorted(self.unknown.items(), key=lambda each: (each[0][0], -each[1]))
        self.progress.note(
            entries=entries, others=self.job.folder.others, new_tags=new_tags[:MOST_NAMED],
            new_tags_count=len(new_tags),
            unknown=[[name, word, count] for (name, word), count in words_met][:MOST_NAMED],
        )
        self.progress.tell()


def batches(items: Sequence[Some]) -> Iterator[list[Some]]:
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield batch
