"""What stands under a case: solutions, comments, revisions, files, and who it helped."""

from sqlalchemy import Select, exists, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import joinedload

from portal.cases import rules
from portal.cases.models import Attachment, Case, Comment, Handover, Helped, Revision, Solution
from portal.extensions import db
from portal.people.rules import Actor


def solutions_of(case: Case) -> Select[Solution]:
    """The accepted solution first, then those that helped most."""
    accepted_first = when((Solution.id == (case.accepted_id or 0), 0), else_=1)
    return (
        select(Solution)
        .options(joinedload(Solution.author))
        .where(Solution.case_id == case.id, Solution.withdrawn_at.is_(None))
        .order_by(accepted_first, Solution.helped.desc(), Solution.created_at, Solution.id)
    )


def comments_of(case: Case) -> Select[Comment]:
    """The discussion in its order."""
    return (
        select(Comment)
        .options(joinedload(Comment.author))
        .where(Comment.case_id == case.id, Comment.withdrawn_at.is_(None))
        .order_by(Comment.created_at, Comment.id)
    )


def revisions_of(actor: Actor, case: Case) -> Select[Revision]:
    """The revisions of the case itself that the person may read, newest first.

    The owner reads all, but for drafts of an owner before them. What others read of the case
    now does not open what was a draft, or was meant for fewer people, before.
    """
    query = (
        select(Revision)
        .options(joinedload(Revision.author))
        .where(Revision.case_id == case.id, Revision.part == "case")
        .order_by(Revision.number.desc())
    )
    if case.owner_id == actor.id:
        handed = exists().where(Handover.case_id == case.id, Handover.undone_at.is_(None))
        published = Revision.snapshot["draft"].as_string().is_(None)
        return query.where(or_(published, Revision.author_id == actor.id, ~handed))
    return query.where(
        Revision.snapshot["draft"].as_string().is_(None),
        Revision.snapshot["audience"].as_string().in_(_audiences(actor, case)),
    )


def _audiences(actor: Actor, case: Case) -> list[str]:
    """The audiences of this case that the person, who is not its owner, belongs to."""
    return [
        audience for audience in rules.AUDIENCES
        if rules.readable(
            audience=audience, confidence="not_validated", owner_id=case.owner_id,
            team_id=case.team_id, reader_id=actor.id, reader_teams=actor.reads_teams,
            reader_is_manager=actor.is_manager,
        )
    ]


def revision_numbered(actor: Actor, case: Case, number: int) -> Revision | None:
    return db.session.scalar(
        revisions_of(actor, case).where(Revision.number == number)
    )


def attachments_of(case: Case) -> list[Attachment]:
    """The files of a case in the order they came."""
    query = (
        select(Attachment)
        .options(joinedload(Attachment.added_by))
        .where(Attachment.case_id == case.id, Attachment.removed_at.is_(None))
        .order_by(Attachment.id)
    )
    return list(db.session.scalars(query))


def helped_words(actor: Actor, case: Case) -> set[int]:
    """What this person said helped them here: ids of solutions, 0 for the case itself."""
    query = select(Helped.solution_id).where(
        Helped.case_id == case.id, Helped.user_id == actor.id
    )
    return set(db.session.scalars(query))


