"""Recording, editing, restoring, validating and archiving a case."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from portal.cases import rules
from portal.cases.actions.verifications import keep_step
from portal.cases.content import CaseContent, RetrospectiveContent
from portal.cases.events import CaseEdited, CaseRecorded, CaseValidated
from portal.cases.models import Case, Retrospective, Revision, Verification
from portal.core import audit
from portal.core.clock import local_day
from portal.core.errors import Conflict, Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, language_of, line
from portal.extensions import db
from portal.lists.actions import tags_named
from portal.lists.models import Term
from portal.options.queries import value
from portal.people.rules import Actor

# Where a case is when it is out of lists and results.
AWAY = ("archived", rules.DISCARDED)


class StaleEdit(Conflict):
    """The case was saved by somebody since the form was opened; nothing was overwritten."""

    def __init__(self, current: int) -> None:
        super().__init__(_l("Somebody saved this case while you were writing."))
        self.current = current


def record_case(
    actor: Actor, content: CaseContent, now: datetime, *, draft: bool = False,
    ref: str | None = None, note: str = "", source_ref: str | None = None,
) -> Case:
    """A new case with its first revision. Raises `Refused` when the content is not valid.

    `source_ref` is the record it comes from, such as "lead:7", which the person may read.
    Publishes `CaseRecorded` unless it is a draft.
    """
    content = checked(content)
    case = Case(
        ref=ref or new_ref(now), owner_id=actor.id, team_id=actor.team_id, created_at=now,
        updated_at=now, confidence="draft" if draft else "not_validated",
        source_ref=source_ref,
    )
    write_content(case, content)
    db.session.add(case)
    # The revision and the audit entry name the new id.
    db.session.flush()
    keep_revision(case, actor.id, note, now)
    audit.record(actor.id, "case.recorded", f"case:{case.id}", now, draft=draft)
    if not draft:
        publish(CaseRecorded(case.id, actor.id))
    return case


def edit_case(
    actor: Actor, case: Case, content: CaseContent, base: int, note: str, now: datetime,
    *, draft: bool | None = None,
) -> bool:
    """Save new content over revision `base`; False when nothing differs.

    `draft=False` publishes a draft; a published case never becomes a draft again.
    Raises `StaleEdit` when `base` is not the present revision, `Refused` for invalid content.
    """
    hold(case)
    _refuse_merged(case)
    if base != case.revision:
        raise StaleEdit(case.revision)
    content = checked(content)
    publishes = case.confidence == "draft" and draft is False
    if content == case.content and not publishes:
        return False
    write_content(case, content)
    case.revision += 1
    case.updated_at = now
    if publishes:
        case.confidence = "not_validated"
        publish(CaseRecorded(case.id, actor.id))
    keep_revision(case, actor.id, note, now)
    audit.record(actor.id, "case.edited", f"case:{case.id}", now, revision=case.revision)
    publish(CaseEdited(case.id, actor.id, case.revision))
    return True


def _refuse_merged(case: Case) -> None:
    if case.merged_into_id is not None:
        raise Refused(_l("This case was merged into another one meanwhile. Copy what you typed "
                         "and add it there, or undo the merge first."))


def hold(case: Case) -> None:
    """Let nobody else change this case until the transaction ends.

    SQLite has one writer at a time anyway; on PostgreSQL two requests that read the same
    revision, or count the same rows, must come one after the other. What the second one decides
    on is read anew.
    """
    # What this transaction has changed already must not be read away.
    db.session.flush()
    db.session.refresh(case, with_for_update=True)


def hold_all(cases: Iterable[Case]) -> None:
    """The same for several, always in one order and before anything is written down, so that
    two who want the same ones never wait for each other."""
    for case in sorted(set(cases), key=lambda case: case.id):
        hold(case)


def restore_revision(actor: Actor, case: Case, revision: Revision, now: datetime) -> bool:
    """Make an old revision the newest one; the ones in between stay readable.

    Who may read the case stays as it is: going back to an old text opens it to nobody.
    """
    note = str(_l("Restored from revision %(number)d", number=revision.number))
    content = replace(revision.content, audience=case.audience)
    return edit_case(actor, case, content, case.revision, note, now)


def validate_case(actor: Actor, case: Case, now: datetime) -> Verification:
    """Somebody entitled read it and found it right: valid until the kind's term has passed.

    Raises `Refused` for what is not published. Publishes `CaseValidated`.
    """
    hold(case)
    if case.confidence not in rules.LIVE:
        raise Refused(_l("Only a published case can be validated."))
    step = keep_step(actor.id, case, "validated", "", now)
    case.confidence = "validated"
    case.verified_until = rules.valid_until(
        case.kind, local_day(now), intel=value("trust.days_intel"),
        other=value("trust.days_other"),
    )
    case.validated_by_id, case.validated_at = actor.id, now
    case.validated_revision = case.revision
    audit.record(actor.id, "case.validated", f"case:{case.id}", now,
                 until=case.verified_until.isoformat())
    publish(CaseValidated(step.id, case.id, actor.id))
    return step


def archive_case(actor: Actor, case: Case, now: datetime) -> None:
    """Out of lists and ordinary results, never gone; `unarchive_case` undoes it.

    A draft is discarded instead: readers of the archive must not open what is its owner's alone.
    """
    hold(case)
    if case.confidence not in AWAY:
        away = rules.DISCARDED if case.confidence == "draft" else "archived"
        case.confidence_before, case.confidence = case.confidence, away
        case.updated_at = now
        audit.record(actor.id, f"case.{away}", f"case:{case.id}", now)


def unarchive_case(actor: Actor, case: Case, now: datetime) -> None:
    """Back as it was before it was archived."""
    hold(case)
    _refuse_merged(case)
    if case.confidence in AWAY:
        case.confidence = case.confidence_before or "not_validated"
        case.updated_at = now
        audit.record(actor.id, "case.unarchived", f"case:{case.id}", now)


def checked(content: CaseContent) -> CaseContent:
    """The content tidied; raises `Refused` for what no form or file may save."""
    title, body = line(content.title), block(content.body)
    if not title:
        raise Refused(_l("A case needs a title."))
    if len(title) > rules.LONGEST_TITLE:
        raise Refused(_l("A title has at most 160 characters; the rest belongs in the text."))
    if len(body) > rules.LONGEST_BODY:
        raise Refused(_l("A text has at most 100,000 characters."))
    if content.kind not in rules.KINDS or content.audience not in rules.AUDIENCES:
        raise Refused(_l("This kind of case does not exist."))
    if content.source not in rules.SOURCES:
        raise Refused(_l("A case comes from a visit, a lead, a report or nothing of these."))
    if len(content.tags) > rules.MOST_TAGS:
        raise Refused(_l("A case has at most 12 tags."))
    retrospective = content.retrospective if content.kind in rules.RETROSPECTIVES else None
    if content.kind in rules.RETROSPECTIVES and retrospective is None:
        retrospective = RetrospectiveContent()
    if retrospective is not None:
        retrospective = _tidied(retrospective)
    return CaseContent(
        **{**vars(content), "title": title, "body": body, "retrospective": retrospective,
           "tags": tuple(sorted({line(tag) for tag in content.tags if line(tag)}))}
    )


def _tidied(facts: RetrospectiveContent) -> RetrospectiveContent:
    """The typed facts without control signs, which PostgreSQL would not store."""
    return replace(
        facts, repeat=block(facts.repeat), avoid=block(facts.avoid),
        actions=tuple(line(each) for each in facts.actions if line(each)),
        competitors=tuple(line(each) for each in facts.competitors if line(each)),
    )


def write_content(
    case: Case, content: CaseContent, tags: Sequence[Term] | None = None
) -> None:
    """Put the written content into the row; what the portal decides itself stays.

    `tags` are those of the content, when many cases were looked up together.
    """
    case.kind, case.title, case.body = content.kind, content.title, content.body
    case.stage, case.industry = content.stage, content.industry
    case.product, case.region = content.product, content.region
    case.audience, case.source = content.audience, content.source
    case.extra = dict(content.extra)
    case.language = language_of(f"{content.title}\n{content.body}")
    case.tags = tags_named(content.tags) if tags is None else list(tags)
    if content.retrospective is None:
        case.retrospective = None
        return
    row = case.retrospective or Retrospective()
    facts = vars(content.retrospective)
    for name, fact in facts.items():
        setattr(row, name, list(fact) if isinstance(fact, tuple) else fact)
    case.retrospective = row


def keep_revision(case: Case, author_id: int, note: str, now: datetime) -> None:
    """Write down the case as it is now."""
    snapshot = case.content.as_json()
    if case.confidence in rules.PRIVATE:
        # What nobody else was meant to read stays the owner's when the case is published.
        snapshot["draft"] = True
    db.session.add(
        Revision(
            case_id=case.id, number=case.revision, author_id=author_id, note=line(note)[:200],
            snapshot=snapshot, created_at=now,
        )
    )


def new_ref(now: datetime) -> str:
    """A name for a case that nobody named: the day and six random signs."""
    return f"c-{now:%Y%m%d}-{secrets.token_hex(3)}"
