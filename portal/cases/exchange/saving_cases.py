"""Cases of a batch into rows: new ones recorded, changed ones revised, equal ones left alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import joinedload, selectinload

from portal.cases import rules
from portal.cases.actions.cases import checked, keep_revision, write_content
from portal.cases.content import CaseContent
from portal.cases.exchange import links, standing
from portal.cases.exchange.attaching import Elsewhere, attach_files, kept_files
from portal.cases.exchange.job import Job
from portal.cases.exchange.lookups import Lists, by_ref, team_ids
from portal.cases.exchange.records import CaseRecord, Wrong
from portal.cases.exchange.report import Outcome, Report
from portal.cases.models import Case
from portal.core import audit
from portal.core.errors import Refused
from portal.core.text import folded
from portal.extensions import db
from portal.lists.actions import LONGEST_LABEL, tags_named
from portal.lists.models import Term
from portal.lists.queries import tags_with_codes

NOTE = "Imported"
Tags = Mapping[str, Term]


@dataclass
class Plan:
    """A record on its way into its row."""

    record: CaseRecord
    content: CaseContent
    case: Case
    is_new: bool
    # Whether anything but the content differs from the row.
    differs: bool = False
    places: Mapping[str, int] = field(default_factory=dict)
    # How a known case stood before, and the attachments that were added.
    before: Mapping[str, Any] | None = None
    added: Sequence[int] = ()


def save_cases(job: Job, records: Sequence[CaseRecord]) -> Report:
    """Save a batch in the running transaction. What cannot go in is reported, not raised."""
    report = Report()
    plans = _planned(job, records, report)
    tags = _tags(plans, report)
    for plan in plans:
        if plan.is_new:
            write_content(plan.case, plan.content, _tags_of(plan, tags))
            db.session.add(plan.case)
    # New cases need their ids before files, links and revisions can name them.
    db.session.flush()
    _attach(job, plans, report)
    done: dict[str, list[int]] = {"new": [], "changed": [], "unchanged": []}
    for plan in plans:
        result = _write(job, plan, tags)
        done[result].append(plan.case.id)
        report.outcomes.append(_outcome(plan, result))
    report.new, report.changed = len(done["new"]), len(done["changed"])
    report.unchanged = len(done.pop("unchanged"))
    if report.new or report.changed:
        # One entry for the batch: each revision says by itself who wrote it when.
        audit.record(job.actor.id, "library.imported", "library:cases", job.now, **done)
    return report


def _planned(job: Job, records: Sequence[CaseRecord], report: Report) -> list[Plan]:
    lists, teams = job.make_lists(job), team_ids()
    known = by_ref(
        Case, (record.ref for record in records),
        selectinload(Case.tags), joinedload(Case.retrospective), joinedload(Case.owner),
    )
    plans = []
    for record in records:
        try:
            case = known.get(record.ref)
            job.guard(record, case)
            content = valid_content(lists, record, case)
        except Wrong as wrong:
            report.problem(record.path, wrong.message, wrong.line)
            continue
        kept = standing.team_kept(record, teams)
        content = replace(content, extra={**content.extra, **kept})
        if case is None:
            new, notes = standing.begin(job, record, teams)
            plans.append(Plan(record, content, new, is_new=True))
        else:
            before = standing.state_of(case)
            differs, notes = standing.settle(job, record, case, teams)
            plans.append(Plan(record, content, case, is_new=False, differs=differs, before=before))
        for message in notes:
            report.note(record.path, message)
    report.terms = lists.added
    return plans


def valid_content(lists: Lists, record: CaseRecord, case: Case | None) -> CaseContent:
    """What the case says from now on, with codes for its words. Raises `Wrong`."""
    content = lists.resolved(record)
    if case is not None and record.given is not None:
        content = _over(case.content, content, record.given)
    return _valid(content, record)


def _over(before: CaseContent, content: CaseContent, given: Collection[str]) -> CaseContent:
    """The stored content with what was given in its place: a table need not hold everything."""
    values = {
        key: value for key, value in vars(content).items()
        if key in given and key not in ("retrospective", "extra")
    }
    facts = content.retrospective
    if facts is not None and before.retrospective is not None:
        chosen = {key: value for key, value in vars(facts).items() if key in given}
        facts = replace(before.retrospective, **chosen)
    elif content.kind == before.kind or "kind" not in given:
        facts = before.retrospective
    return replace(before, **values, retrospective=facts,
                   extra={**before.extra, **content.extra})


def _valid(content: CaseContent, record: CaseRecord) -> CaseContent:
    """The content tidied as every form does it; a refusal names the line it is about."""
    try:
        return checked(content)
    except Refused as refused:
        key = ""
        if len(content.title) > rules.LONGEST_TITLE or not content.title:
            key = "title"
        elif len(content.tags) > rules.MOST_TAGS:
            key = "tags"
        raise Wrong(refused.message, record.lines.get(key, 0)) from None


def _tags(plans: Sequence[Plan], report: Report) -> Tags:
    """The tags of the whole batch by their code, read and made in one go."""
    words = dict.fromkeys(word for plan in plans for word in plan.content.tags)
    codes = {folded(word)[:LONGEST_LABEL] for word in words} - {""}
    report.tags = sorted(codes - tags_with_codes(codes).keys())
    # Of several spellings the last given counts there: the first file's, then.
    return {term.code: term for term in tags_named(reversed(words))}


def _tags_of(plan: Plan, tags: Tags) -> list[Term]:
    codes = dict.fromkeys(folded(word)[:LONGEST_LABEL] for word in plan.content.tags)
    return [tags[code] for code in codes if code in tags]


def _attach(job: Job, plans: Sequence[Plan], report: Report) -> None:
    """Attach the files, then let every text link to where they are now."""
    with_files = [plan for plan in plans if plan.record.files]
    kept = kept_files([plan.case.id for plan in with_files])
    for plan in with_files:
        plan.places, plan.added = attach_files(
            job, plan.case, plan.record, kept.get(plan.case.id, []), report
        )
        plan.differs = plan.differs or bool(plan.added)
    elsewhere = Elsewhere((plan.record.path, plan.content.body) for plan in plans)
    for plan in plans:
        body = links.to_addresses(
            plan.content.body,
            lambda place, plan=plan: (  # type: ignore[misc]
                plan.places.get(place) or elsewhere.id_of(place, plan.record.path)
            ),
        )
        plan.content = replace(plan.content, body=body)


def _write(job: Job, plan: Plan, tags: Tags) -> str:
    case, record = plan.case, plan.record
    if plan.is_new:
        case.body = plan.content.body
        keep_revision(case, job.actor.id, NOTE, job.now)
        return "new"
    own = _tags_of(plan, tags)
    content = replace(plan.content, tags=tuple(sorted(tag.label_zh for tag in own)))
    before = case.content
    is_edited = content != replace(before, tags=tuple(sorted(before.tags)))
    if not is_edited and not plan.differs:
        return "unchanged"
    newer = record.updated is not None and record.updated > case.updated_at
    case.updated_at = record.updated if newer and record.updated else job.now
    if is_edited:
        write_content(case, content, own)
        case.revision += 1
        keep_revision(case, job.actor.id, NOTE, job.now)
    return "changed"


def _outcome(plan: Plan, result: str) -> Outcome:
    case, before = plan.case, plan.before
    return Outcome(
        plan.record.path, plan.record.ref, result, case.id,
        revision_before=before["revision"] if before else None, revision_after=case.revision,
        before=before, after=standing.state_of(case), files=tuple(plan.added),
    )
