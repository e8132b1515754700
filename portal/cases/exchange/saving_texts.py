"""Solutions and comments of a batch into rows, under the cases they belong to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.cases import rules
from portal.cases.actions.talk import LONGEST_COMMENT
from portal.cases.exchange import links
from portal.cases.exchange.attaching import Elsewhere
from portal.cases.exchange.job import Job
from portal.cases.exchange.lookups import by_ref
from portal.cases.exchange.records import TextRecord, Wrong
from portal.cases.exchange.report import Outcome, Report
from portal.cases.exchange.saving_cases import NOTE
from portal.cases.exchange.standing import plain_value, put
from portal.cases.models import Case, Comment, Revision, Solution
from portal.core import audit
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db

# What tells whether somebody worked on a text since.
STATE = ("author_id", "byline", "created_at", "updated_at", "revision", "withdrawn_at")
Model = type[Solution] | type[Comment]
MODELS: dict[str, Model] = {"solution": Solution, "comment": Comment}


@dataclass
class Plan:
    record: TextRecord
    case: Case
    row: Solution | Comment
    outcome: str
    before: Mapping[str, Any] | None = None


def save_texts(job: Job, records: Sequence[TextRecord]) -> Report:
    """Save a batch in the running transaction. What cannot go in is reported, not raised."""
    report = Report()
    cases = by_ref(Case, (record.of for record in records))
    elsewhere = Elsewhere((record.path, record.body) for record in records)
    plans: list[Plan] = []
    for kind, model in MODELS.items():
        chosen = [record for record in records if record.kind == kind]
        known = by_ref(model, (record.ref for record in chosen), joinedload(model.author))
        for record in chosen:
            try:
                job.guard(record, cases.get(record.of))
                check_text(record, cases.get(record.of), known.get(record.ref))
            except Wrong as wrong:
                report.problem(record.path, wrong.message, wrong.line)
                continue
            plans.append(_plan(job, record, cases[record.of], known.get(record.ref), elsewhere))
    # New texts need their ids before revisions and cases can name them.
    db.session.flush()
    _keep_revisions(job, plans)
    accepted = _accept(plans, report)
    # The sums below read what was accepted.
    db.session.flush()
    recount({plan.case for plan in plans if plan.outcome != "unchanged"} | accepted)
    _tell(job, plans, report)
    report.outcomes = [_outcome(plan) for plan in plans]
    return report


def check_text(
    record: TextRecord, case: Case | None, row: Solution | Comment | None, kind: str | None = None
) -> None:
    """Raise `Wrong` for a text that cannot go under this case, which may get another `kind`."""
    of = record.lines.get("of", 0)
    if case is None or (row is not None and row.case_id != case.id):
        raise Wrong(_l("There is no case “%(ref)s” that this belongs to.", ref=record.of), of)
    demand_sense(record, kind or case.kind)


def demand_sense(record: TextRecord, case_kind: str) -> None:
    """Raise `Wrong` for a text that such a case cannot have."""
    of = record.lines.get("of", 0)
    if record.kind == "solution" and case_kind != "problem":
        raise Wrong(_l("Only a problem has solutions; write a comment instead."), of)
    limit = rules.LONGEST_BODY if record.kind == "solution" else LONGEST_COMMENT
    if len(record.body) > limit:
        raise Wrong(_l("This text is too long: at most %(limit)d characters.", limit=limit))


def _plan(
    job: Job, record: TextRecord, case: Case, row: Solution | Comment | None,
    elsewhere: Elsewhere,
) -> Plan:
    body = links.to_addresses(record.body, lambda place: elsewhere.id_of(place, record.path))
    before = None if row is None else text_state(row, case)
    if row is None:
        row = _new(job, record, case, body)
        return Plan(record, case, row, "new")
    differs = _set_author(job, record, row)
    if record.created is not None and record.created != row.created_at:
        row.created_at, differs = record.created, True
    if body != row.body:
        row.body, differs = body, True
        row.revision += 1
    if differs:
        newer = record.updated is not None and record.updated > row.updated_at
        row.updated_at = record.updated if newer and record.updated else job.now
    return Plan(record, case, row, "changed" if differs else "unchanged", before)


def _new(job: Job, record: TextRecord, case: Case, body: str) -> Solution | Comment:
    person = job.people.named(record.author)
    created = record.created or record.modified or job.now
    row = MODELS[record.kind](
        ref=record.ref, case_id=case.id, body=body, revision=1,
        author_id=person.id if person else job.actor.id,
        byline=None if person else record.author,
        created_at=created, updated_at=record.updated or created,
    )
    db.session.add(row)
    return row


def _set_author(job: Job, record: TextRecord, row: Solution | Comment) -> bool:
    """As for cases: an account takes the text over, any other name is a byline."""
    written = row.byline or f"{row.author.name} <{row.author.login}>"
    if record.author in (None, row.byline, written):
        return False
    person = job.people.named(record.author)
    before = (row.author_id, row.byline)
    if person is None:
        row.byline = record.author
    else:
        row.author_id, row.byline = person.id, None
    return before != (row.author_id, row.byline)


def _keep_revisions(job: Job, plans: Sequence[Plan]) -> None:
    numbers = {
        (part, number) for part, number in db.session.execute(
            select(Revision.part, Revision.number).where(
                Revision.part.in_([_part(plan) for plan in plans if plan.outcome == "changed"])
            )
        )
    }
    for plan in plans:
        key = (_part(plan), plan.row.revision)
        if plan.outcome != "unchanged" and key not in numbers:
            db.session.add(
                Revision(case_id=plan.case.id, part=key[0], number=key[1],
                         author_id=job.actor.id, note=NOTE, snapshot={"body": plan.row.body},
                         created_at=job.now)
            )


def _part(plan: Plan) -> str:
    return f"{plan.record.kind}:{plan.row.id}"


def _accept(plans: Sequence[Plan], report: Report) -> set[Case]:
    """Accept what the files say was accepted, the first of each case; the cases concerned."""
    chosen: set[Case] = set()
    changed: set[Case] = set()
    for plan in plans:
        if not plan.record.accepted or plan.record.kind != "solution":
            continue
        if plan.case in chosen:
            report.note(plan.record.path, _l("Another solution of this case is accepted."))
            continue
        chosen.add(plan.case)
        if plan.case.accepted_id != plan.row.id and plan.row.withdrawn_at is None:
            plan.case.accepted_id = plan.row.id
            changed.add(plan.case)
            plan.outcome = "new" if plan.outcome == "new" else "changed"
    return changed


def recount(cases: Collection[Case]) -> None:
    """Bring the counters and the states of many cases up to date."""
    ids = [case.id for case in cases]
    counts = {}
    for model in MODELS.values():
        query = select(model.case_id, func.count()).where(
            model.case_id.in_(ids), model.withdrawn_at.is_(None)
        )
        counts[model] = dict(db.session.execute(query.group_by(model.case_id)).all())
    for case in cases:
        put(case, "solutions_count", counts[Solution].get(case.id, 0))
        put(case, "comments_count", counts[Comment].get(case.id, 0))
        if case.kind == "problem":
            accepted = case.accepted_id is not None
            put(case, "state", rules.state_of(case.solutions_count, accepted))


def _tell(job: Job, plans: Sequence[Plan], report: Report) -> None:
    done: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    for plan in plans:
        done[plan.outcome].append(_part(plan))
    report.new, report.changed = len(done["new"]), len(done["changed"])
    report.unchanged = len(done.pop("unchanged"))
    if report.new or report.changed:
        audit.record(job.actor.id, "library.imported", "library:texts", job.now, **done)


def text_state(row: Solution | Comment, case: Case) -> dict[str, Any]:
    """How a solution or a comment stands, as plain values."""
    found = {name: plain_value(getattr(row, name)) for name in STATE}
    return {**found, "accepted": isinstance(row, Solution) and case.accepted_id == row.id,
            "case_accepted": case.accepted_id}


def _outcome(plan: Plan) -> Outcome:
    before, row = plan.before, plan.row
    return Outcome(
        plan.record.path, plan.record.ref, plan.outcome, plan.case.id, text_id=row.id,
        revision_before=before["revision"] if before else None, revision_after=row.revision,
        before=before, after=text_state(row, plan.case),
    )
