"""Brings the counters of a case up to date: reused, helped, did not help."""

from sqlalchemy import func, select

from portal.cases.models import Case, Helped, Reuse
from portal.extensions import db


def count_reuses(case: Case) -> None:
    """How often it was reused, and what came of it."""
    # Reads what this transaction has added or removed.
    db.session.flush()
    query = select(func.count()).where(Reuse.case_id == case.id)
    case.reused = db.session.scalar(query) or 0
    count_outcomes(case)


def count_outcomes(case: Case) -> None:
    """The people whom it helped, by their vote or their review, and those whom it did not.

    Of several reviews of one person the last counts.
    """
    # Reads what this transaction has changed.
    db.session.flush()
    last = _last_words(case)
    voted = db.session.scalars(
        select(Helped.user_id).where(Helped.case_id == case.id).distinct()
    )
    case.helped = len({*voted, *(one for one, outcome in last.items() if outcome == "helped")})
    case.not_helped = sum(outcome == "not_helped" for outcome in last.values())


def _last_words(case: Case) -> dict[int, str | None]:
    said = select(Reuse.person_id, Reuse.outcome).where(
        Reuse.case_id == case.id, Reuse.outcome.in_(("helped", "not_helped"))
    )
    rows = db.session.execute(said.order_by(Reuse.outcome_at, Reuse.id))
    return dict(row for row in rows)
