"""The rehearsal: what saving a record would do, found out without writing anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy.orm import joinedload, selectinload

from portal.cases.exchange import links, standing
from portal.cases.exchange.attaching import Elsewhere, kept_files, match_files
from portal.cases.exchange.job import Job
from portal.cases.exchange.lookups import Lists, by_ref, team_ids
from portal.cases.exchange.records import CaseRecord, NotYours, Record, TextRecord, Wrong
from portal.cases.exchange.saving_cases import valid_content
from portal.cases.exchange.saving_texts import MODELS, check_text, demand_sense
from portal.cases.models import Case
from portal.core.text import folded
from portal.lists.actions import LONGEST_LABEL


@dataclass(frozen=True)
class Judged:
    """What would become of a record: "new", "update", "unchanged" or "error", and why."""

    record: Record
    verdict: str
    owner: str = ""
    reason: Any = ""
    line: int = 0
    # Words that no list knows, as (list, word).
    unknown: tuple[tuple[str, str], ...] = ()
    case: Case | None = None
    notes: tuple[Any, ...] = ()
    # The kind that the case would have.
    kind: str = ""


class KnownLists(Lists):
    """Makes no entries: collects the words that no list knows."""

    def __init__(self, job: Job) -> None:
        super().__init__(job.actor.id, job.now)
        self.met: list[tuple[str, str]] = []

    def unknown(self, name: str, written: str) -> str | None:
        if (name, written) not in self.met:
            self.met.append((name, written))
        return None

    def taken(self) -> tuple[tuple[str, str], ...]:
        met, self.met = tuple(self.met), []
        return met


@dataclass
class Around:
    """What the records of a batch are judged by, read once for all of them."""

    lists: KnownLists
    teams: Mapping[str, int]
    known: Mapping[str, Case]
    elsewhere: Elsewhere
    files: Mapping[int, list[Any]]


def judge_cases(job: Job, records: Sequence[CaseRecord]) -> list[Judged]:
    """The verdict on each case. Reads only; the rows of the session are left as they are."""
    known = by_ref(
        Case, (record.ref for record in records),
        selectinload(Case.tags), joinedload(Case.retrospective), joinedload(Case.owner),
        joinedload(Case.team),
    )
    with_files = {record.ref for record in records if record.files}
    around = Around(
        KnownLists(job), team_ids(), known,
        Elsewhere((record.path, record.content.body) for record in records),
        kept_files([case.id for ref, case in known.items() if ref in with_files]),
    )
    return [_case(job, record, around) for record in records]


def _case(job: Job, record: CaseRecord, around: Around) -> Judged:
    case = around.known.get(record.ref)
    around.lists.taken()
    try:
        refused = _refusal(job, record, case)
        content = valid_content(around.lists, record, case)
    except Wrong as wrong:
        return Judged(record, "error", _owner(job, record, case), wrong.message, wrong.line,
                      case=case)
    unknown = around.lists.taken()
    owner = _owner(job, record, case)
    if case is None:
        # The row is made, but nobody puts it into the session.
        _row, notes = standing.begin(job, record, around.teams)
        return Judged(record, "new", owner, unknown=unknown, notes=tuple(notes),
                      kind=content.kind)
    shadow = _shadow(case)
    differs, notes = standing.settle(job, record, cast(Case, shadow), around.teams)
    places, lacks = match_files(job, record, around.files.get(case.id, ()))
    body = links.to_addresses(
        content.body, lambda place: places.get(place) or around.elsewhere.id_of(place, record.path)
    )
    kept = standing.team_kept(record, around.teams)
    content = replace(content, body=body, extra={**content.extra, **kept},
                      tags=_folded(content.tags))
    before = replace(case.content, tags=_folded(case.content.tags))
    changes = differs or lacks or bool(unknown) or content != before
    if changes and refused is not None:
        return Judged(record, "error", owner, refused.message, refused.line, case=case)
    return Judged(record, "update" if changes else "unchanged", owner, unknown=unknown, case=case,
                  notes=tuple(notes), kind=content.kind)


def _refusal(job: Job, record: Record, case: Case | None) -> NotYours | None:
    """Why the case may not be changed by this record, if the person may at least compare it.

    Raises `Wrong` when nothing may be told of it.
    """
    try:
        job.guard(record, case)
    except NotYours as refused:
        return refused
    return None


def _folded(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are told apart."""
    return tuple(sorted({folded(tag)[:LONGEST_LABEL] for tag in tags}))


def _shadow(case: Case) -> SimpleNamespace:
    """A copy on which it can be tried what a file would change."""
    names = (*standing.STATE, "owner", "audience", "team", "kind")
    return SimpleNamespace(**{name: getattr(case, name) for name in names})


def _owner(job: Job, record: Record, case: Any = None) -> str:
    """Whose it will be."""
    person = job.people.named(record.author)
    if person is not None:
        return person.name
    if case is not None and isinstance(case, Case):
        return str(case.owner.name)
    return job.people.name_of(job.actor.id)


def judge_texts(
    job: Job, records: Sequence[TextRecord], coming: Mapping[str, str]
) -> list[Judged]:
    """The verdict on each solution and comment; `coming` are refs and kinds of cases
    that would be new or changed."""
    cases = by_ref(Case, (record.of for record in records))
    rows: dict[str, Mapping[str, Any]] = {}
    for kind, model in MODELS.items():
        refs = [record.ref for record in records if record.kind == kind]
        rows[kind] = by_ref(model, refs, joinedload(model.author))
    elsewhere = Elsewhere((record.path, record.body) for record in records)
    return [
        _text(job, record, cases.get(record.of), rows[record.kind].get(record.ref), coming,
              elsewhere)
        for record in records
    ]


def _text(
    job: Job, record: TextRecord, case: Case | None, row: Any, coming: Mapping[str, str],
    elsewhere: Elsewhere,
) -> Judged:
    owner = _owner(job, record)
    try:
        if case is None and row is None and record.of in coming:
            demand_sense(record, coming[record.of])
            return Judged(record, "new", owner)
        # First: of a case that the person may not change, nothing is told, not even its kind.
        refused = _refusal(job, record, case)
        check_text(record, case, row, coming.get(record.of))
    except Wrong as wrong:
        return Judged(record, "error", owner, wrong.message, wrong.line, case=case)
    verdict = "new" if row is None else "unchanged"
    if row is not None and _differs(job, record, cast(Case, case), row, elsewhere):
        verdict = "update"
    if refused is not None and verdict != "unchanged":
        return Judged(record, "error", owner, refused.message, refused.line, case=case)
    return Judged(record, verdict, owner, case=case)


def _differs(job: Job, record: TextRecord, case: Case, row: Any, elsewhere: Elsewhere) -> bool:
    body = links.to_addresses(record.body, lambda place: elsewhere.id_of(place, record.path))
    written = row.byline or f"{row.author.name} <{row.author.login}>"
    person = job.people.named(record.author)
    author = (person.id, None) if person else (row.author_id, record.author)
    other = record.author not in (None, row.byline, written) and (
        author != (row.author_id, row.byline)
    )
    moved = record.created is not None and record.created != row.created_at
    accepts = (record.accepted and record.kind == "solution" and row.withdrawn_at is None
               and case.accepted_id != row.id)
    return bool(other or moved or accepts or body != row.body)
