"""Takes the sample department away and leaves everything else as it is."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import ColumnElement, delete, or_, select, update

from portal.cases.actions.attachments import path_of
from portal.cases.file_sweep import named_in
from portal.cases.following.actions import forget as unfollow
from portal.cases.models import Attachment, AttachmentText, Case, case_tags
from portal.core import audit, clock
from portal.core.audit import AuditEntry
from portal.core.unit_of_work import reading_only, transaction
from portal.extensions import db
from portal.lists.models import Term
from portal.people.models import Team, User
from portal.sample import (
    contributions,
    following,
    leavers,
    merges,
    news,
    passwords,
    references,
    searches,
    selling_away,
)
from portal.sample.make import SUBJECT
from portal.search.indexer import index_pending
from portal.search.outbox import enqueue


@dataclass(frozen=True)
class Removed:
    """How much was taken away; `kept` names people who stay as deactivated rows."""

    cases: int
    customers: int
    people: int
    teams: int
    kept: tuple[str, ...]


def remove() -> Removed | None:
    """Remove sample cases, customers and deals with all their parts, what sample people added to
    other cases and files, and the people and teams themselves; None when there is no sample
    department.

    The audit log keeps its entries. A person whom the history of another case names stays, as a
    deactivated person like anybody who left.
    """
    with transaction():
        files = _files()
        removed = _remove(clock.now())
    if removed is not None:
        passwords.forget()
        _delete(files)
        index_pending()
    return removed


def was_removed() -> bool:
    """Whether somebody took the sample department away, and nobody made it again."""
    last = (
        select(AuditEntry.action).where(AuditEntry.subject == SUBJECT)
        .order_by(AuditEntry.id.desc()).limit(1)
    )
    return db.session.scalar(last) == "sample.removed"


def _remove(now: datetime) -> Removed | None:
    people = set(db.session.scalars(select(User.id).where(User.is_sample)))
    teams = set(db.session.scalars(select(Team.id).where(Team.is_sample)))
    if not people and not teams:
        return None
    leavers.hand_over_library(people, now)
    cases = set(db.session.scalars(select(Case.id).where(_of_the_sample(people))))
    merges.undo(cases, now)
    gone = selling_away.look(people)
    news.forget(people, [*(f"case:{case_id}" for case_id in sorted(cases)), *gone.refs])
    following.forget(people, cases)
    _remove_cases(cases)
    contributions.withdraw_all(people, now)
    searches.take_back(people)
    selling_away.remove(gone, people, now)
    leavers.dissolve(teams, people, now)
    kept = leavers.dismiss(people, now)
    enqueue(f"person:{user_id}" for user_id in people)
    enqueue(f"customer:{customer_id}" for customer_id in gone.files)
    _remove_tags()
    removed = Removed(len(cases), len(gone.customers), len(people) - len(kept), len(teams),
                      tuple(kept))
    audit.record(None, "sample.removed", SUBJECT, now, cases=removed.cases,
                 customers=removed.customers, people=removed.people, teams=removed.teams,
                 kept=list(kept))
    return removed


def _of_the_sample(people: set[int]) -> ColumnElement[bool]:
    """What came with the sample, and what somebody recorded while signed in as one of them;
    a byline tells what they only brought in from files."""
    return or_(Case.is_sample, Case.owner_id.in_(people) & Case.byline.is_(None))


def _remove_cases(cases: set[int]) -> None:
    db.session.execute(update(Case).where(Case.id.in_(cases)).values(accepted_id=None))
    references.clear(Case, cases)
    db.session.execute(delete(Case).where(Case.id.in_(cases)))
    # Words of files that nobody has any more.
    kept = select(Attachment.sha256)
    db.session.execute(delete(AttachmentText).where(AttachmentText.sha256.not_in(kept)))
    enqueue(f"case:{case_id}" for case_id in cases)


def _files() -> set[str]:
    """Every name under which bytes lie."""
    return {digest for column in named_in() for digest in db.session.scalars(select(column))}


def _delete(files: set[str]) -> None:
    """The bytes that no case holds any more."""
    with reading_only():
        left = files - _files()
    folder = current_app.extensions["settings"].files
    for digest in left:
        path_of(digest, folder).unlink(missing_ok=True)


def _remove_tags() -> None:
    """Tags that came with the sample, unless somebody uses or has edited them since."""
    made = db.session.scalar(
        select(AuditEntry.detail).where(AuditEntry.action == "sample.made")
        .order_by(AuditEntry.id.desc()).limit(1)
    ) or {}
    before, last = made.get("tags", (0, 0))
    unused = select(Term).where(
        Term.list == "tag", Term.id > before, Term.id <= last,
        Term.id.not_in(select(case_tags.c.term_id)),
    )
    for term in db.session.scalars(unused):
        edited = select(AuditEntry.id).where(AuditEntry.subject == f"term:{term.id}").limit(1)
        if db.session.scalar(edited) is None:
            references.clear(Term, {term.id})
            unfollow([f"tag:{term.id}"])
            db.session.delete(term)
