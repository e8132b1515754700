"""What sample people added to cases that stay, taken back."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from portal.cases.actions.counting import count_reuses
from portal.cases.actions.talk import Text, count
from portal.cases.models import Case, Comment, Flag, Helped, Reuse, Revision, Solution
from portal.core import audit
from portal.extensions import db
from portal.sample.news import forget_answers


def withdraw_all(people: Collection[int], now: datetime) -> None:
    """Remove solutions, comments, votes, flags and reuses of these people, ask them nothing any
    more, and bring the counters up to date."""
    voted = set(db.session.scalars(select(Helped.case_id).where(Helped.user_id.in_(people))))
    db.session.execute(delete(Helped).where(Helped.user_id.in_(people)))
    reused = set(db.session.scalars(select(Reuse.case_id).where(Reuse.person_id.in_(people))))
    db.session.execute(delete(Reuse).where(Reuse.person_id.in_(people)))
    db.session.execute(delete(Flag).where(Flag.person_id.in_(people)))
    db.session.execute(update(Case).where(Case.asked_id.in_(people)).values(asked_id=None))
    talked = _remove_solutions(people, now) | _remove_comments(people)
    for case in db.session.scalars(select(Case).where(Case.id.in_(voted | reused | talked))):
        if case.id in talked:
            count(case)
        _count_votes(case)
        count_reuses(case)


def _remove_solutions(people: Collection[int], now: datetime) -> set[int]:
    found = _written(Solution, people)
    for solution in found:
        case = solution.case
        if case.accepted_id == solution.id:
            case.accepted = None
            audit.record(None, "solution.unaccepted", f"solution:{solution.id}", now,
                         case=case.id)
            forget_answers({case.id})
    # The rows below go by bulk statements, which must find no acceptance.
    db.session.flush()
    ids = [solution.id for solution in found]
    db.session.execute(delete(Helped).where(Helped.solution_id.in_(ids)))
    return _remove_texts(found)


def _remove_comments(people: Collection[int]) -> set[int]:
    return _remove_texts(_written(Comment, people))


def _written(model: type[Text], people: Collection[int]) -> list[Text]:
    """Their own words; a byline tells whose words somebody only brought in."""
    texts = db.session.query(model)
    return texts.filter(model.author_id.in_(people), model.byline.is_(None)).all()


def _remove_texts(texts: Sequence[Solution | Comment]) -> set[int]:
    parts = [f"{type(text).__name__.lower()}:{text.id}" for text in texts]
    db.session.execute(delete(Revision).where(Revision.part.in_(parts)))
    for text in texts:
        db.session.delete(text)
    db.session.flush()
    return {text.case_id for text in texts}


def _count_votes(case: Case) -> None:
    for solution in db.session.scalars(select(Solution).where(Solution.case_id == case.id)):
        votes = select(func.count()).where(Helped.solution_id == solution.id)
        solution.helped = db.session.scalar(votes) or 0
