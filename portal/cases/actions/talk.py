"""Solutions, comments, and the word that something helped."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select

from portal.cases import rules
from portal.cases.actions.cases import hold
from portal.cases.actions.counting import count_outcomes
from portal.cases.events import (
    CommentAdded,
    ContributionEdited,
    SolutionAccepted,
    SolutionProposed,
    SolutionUnaccepted,
)
from portal.cases.models import Case, Comment, Contribution, Helped, Revision, Solution
from portal.core import audit
from portal.core.errors import Conflict, Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block
from portal.extensions import db
from portal.people.rules import Actor

LONGEST_COMMENT = 10_000
Text = TypeVar("Text", Solution, Comment)


def propose_solution(actor: Actor, case: Case, body: str, now: datetime) -> Solution:
    """An answer to a problem. Publishes `SolutionProposed`."""
    if case.kind != "problem":
        raise Refused(_l("Only a problem has solutions; write a comment instead."))
    hold(case)
    solution = _add(Solution(), actor, case, body, rules.LONGEST_BODY, now)
    count(case)
    publish(SolutionProposed(solution.id, case.id, actor.id))
    return solution


def add_comment(actor: Actor, case: Case, body: str, now: datetime) -> Comment:
    """A remark in the discussion. Publishes `CommentAdded`."""
    hold(case)
    comment = _add(Comment(), actor, case, body, LONGEST_COMMENT, now)
    count(case)
    publish(CommentAdded(comment.id, case.id, actor.id))
    return comment


def edit_contribution(
    actor: Actor, text: Solution | Comment, body: str, base: int, now: datetime
) -> None:
    """New wording; the old one stays in the history. Raises `Conflict` for a stale form.

    Publishes `ContributionEdited`.
    """
    _hold(text)
    if base != text.revision:
        raise Conflict(_l("This was saved elsewhere while you were writing."))
    limit = rules.LONGEST_BODY if isinstance(text, Solution) else LONGEST_COMMENT
    body = _checked(body, limit)
    if body != text.body:
        text.body, text.updated_at = body, now
        text.revision += 1
        _keep_revision(text, actor.id, now)
        audit.record(actor.id, "contribution.edited", _part(text), now, case=text.case_id)
        part, text_id = _part(text).split(":")
        publish(ContributionEdited(part, int(text_id), text.case_id, actor.id, text.revision))


def withdraw(actor: Actor, text: Solution | Comment, now: datetime) -> None:
    """Hide the text; `put_back` undoes it. An accepted solution is taken off first."""
    _hold(text)
    if text.withdrawn_at is None:
        text.withdrawn_at = now
        if text.case.accepted_id == text.id and isinstance(text, Solution):
            text.case.accepted = None
            publish(SolutionUnaccepted(text.id, text.case_id, actor.id))
        count(text.case)
        audit.record(actor.id, "contribution.withdrawn", _part(text), now, case=text.case_id)


def put_back(actor: Actor, text: Solution | Comment, now: datetime) -> None:
    """Show a withdrawn text again."""
    _hold(text)
    if text.withdrawn_at is not None:
        text.withdrawn_at = None
        count(text.case)
        audit.record(actor.id, "contribution.put_back", _part(text), now, case=text.case_id)


def accept_solution(actor: Actor, solution: Solution, now: datetime) -> None:
    """This one solved it; an earlier choice is replaced. Publishes `SolutionAccepted`."""
    _hold(solution)
    if solution.withdrawn_at is not None:
        raise Refused(_l("This solution was withdrawn."))
    case = solution.case
    if case.accepted_id != solution.id:
        case.accepted = solution
        # `count` reads which solution is accepted.
        db.session.flush()
        count(case)
        audit.record(actor.id, "solution.accepted", f"solution:{solution.id}", now, case=case.id)
        publish(SolutionAccepted(solution.id, case.id, actor.id))


def unaccept_solution(actor: Actor, solution: Solution, now: datetime) -> None:
    """The problem is open for better answers again. Publishes `SolutionUnaccepted`."""
    _hold(solution)
    case = solution.case
    if case.accepted_id == solution.id:
        case.accepted = None
        db.session.flush()
        count(case)
        audit.record(actor.id, "solution.unaccepted", f"solution:{solution.id}", now,
                     case=case.id)
        publish(SolutionUnaccepted(solution.id, case.id, actor.id))


def say_it_helped(
    actor: Actor, case: Case, solution: Solution | None, helped: bool, now: datetime
) -> None:
    """Count, or take back, this person's word. Nobody praises their own work."""
    author = solution.author_id if solution else case.owner_id
    if author == actor.id:
        raise Refused(_l("Your own work helped you already; this counts others."))
    hold(case)
    if helped and solution is not None and solution.withdrawn_at is not None:
        raise Refused(_l("This solution was withdrawn."))
    solution_id = solution.id if solution else 0
    query = select(Helped).where(
        Helped.user_id == actor.id, Helped.case_id == case.id, Helped.solution_id == solution_id
    )
    word = db.session.scalar(query)
    if helped and word is None:
        db.session.add(
            Helped(user_id=actor.id, case_id=case.id, solution_id=solution_id, created_at=now)
        )
    elif not helped and word is not None:
        db.session.delete(word)
    count_outcomes(case)
    if solution is not None:
        voices = select(func.count()).where(Helped.solution_id == solution.id)
        solution.helped = db.session.scalar(voices) or 0


def count(case: Case) -> None:
    """Bring the counters and the state of a case up to date."""
    # Reads what this transaction has added.
    db.session.flush()
    case.solutions_count = _alive(Solution, case)
    case.comments_count = _alive(Comment, case)
    if case.kind == "problem":
        case.state = rules.state_of(case.solutions_count, case.accepted is not None)


def _alive(model: type[Solution] | type[Comment], case: Case) -> int:
    query = select(func.count()).where(model.case_id == case.id, model.withdrawn_at.is_(None))
    return db.session.scalar(query) or 0


def _hold(text: Solution | Comment) -> None:
    """The whole case, because its counters and its accepted solution depend on every text."""
    hold(text.case)
    db.session.refresh(text)


def _add(text: Text, actor: Actor, case: Case, body: str, limit: int, now: datetime) -> Text:
    text.case, text.author_id = case, actor.id
    text.body, text.revision = _checked(body, limit), 1
    text.created_at = text.updated_at = now
    db.session.add(text)
    # The revision names the new id.
    db.session.flush()
    _keep_revision(text, actor.id, now)
    audit.record(actor.id, "contribution.added", _part(text), now, case=case.id)
    return text


def _checked(body: str, limit: int) -> str:
    body = block(body)
    if not body.strip():
        raise Refused(_l("Write something first."))
    if len(body) > limit:
        raise Refused(_l("This text is too long: at most %(limit)d characters.", limit=limit))
    return body


def _keep_revision(text: Contribution, author_id: int, now: datetime) -> None:
    db.session.add(
        Revision(case_id=text.case_id, part=_part(text), number=text.revision,
                 author_id=author_id, snapshot={"body": text.body}, created_at=now)
    )


def _part(text: Contribution) -> str:
    return f"{type(text).__name__.lower()}:{text.id}"
