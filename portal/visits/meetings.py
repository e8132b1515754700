"""What visits and follow-ups tell of a deal, for what the deal gives to the library."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, String, and_, func, select

from portal.cases.models import Case
from portal.core.i18n import lazy_gettext as _l
from portal.customers.models import Contact
from portal.extensions import db
from portal.leads.loop.meetings import Meetings
from portal.people.models import User
from portal.visits import rules
from portal.visits.models import Visit, VisitContact
from portal.visits.words import KIND_WORDS, PURPOSE_WORDS, RESULT_WORDS

MOST = 200


def refs(customer_id: int, lead_id: int | None) -> Select[Any]:
    """The refs of a customer's visits, or of those about one deal."""
    query = select("visit:" + Visit.id.cast(String)).where(Visit.customer_id == customer_id)
    return query if lead_id is None else query.where(Visit.lead_id == lead_id)


def roles(lead_id: int) -> Sequence[str]:
    """The decision roles that were met there."""
    query = (
        select(Contact.decision_role).distinct()
        .join(VisitContact, VisitContact.contact_id == Contact.id)
        .join(Visit, Visit.id == VisitContact.visit_id)
        .where(Visit.lead_id == lead_id, Visit.status == rules.REVIEWED, VisitContact.met,
               Contact.decision_role != "")
    )
    return db.session.scalars(query.order_by(Contact.decision_role)).all()


def deeds(lead_id: int) -> Sequence[tuple[date, str]]:
    """What was done, day by day, in words that name nobody."""
    query = (
        select(Visit).where(Visit.lead_id == lead_id, Visit.status == rules.REVIEWED)
        .order_by(Visit.day, Visit.id).limit(MOST)
    )
    return [(visit.day, _deed(visit)) for visit in db.session.scalars(query)]


def count(lead_id: int) -> int:
    """How many took place."""
    query = select(func.count()).where(Visit.lead_id == lead_id, Visit.status == rules.REVIEWED)
    return db.session.scalar(query) or 0


def monthly(team_ids: frozenset[int] | None, months: Sequence[str]) -> Sequence[tuple[int, int]]:
    """For each month, the visits that were reviewed, and those of them that became a case."""
    return [_of_month(team_ids, month) for month in months]


def _of_month(team_ids: frozenset[int] | None, month: str) -> tuple[int, int]:
    first = date.fromisoformat(f"{month}-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    visits = select(func.count(Visit.id)).where(
        Visit.kind == rules.VISIT, Visit.status == rules.REVIEWED, Visit.day >= first,
        Visit.day < after,
    )
    if team_ids is not None:
        visits = visits.where(
            Visit.owner_id.in_(select(User.id).where(User.team_id.in_(team_ids))))
    with_case = visits.where(
        select(Case.id).where(and_(Case.source_ref == "visit:" + Visit.id.cast(String),
                                   Case.confidence != "draft")).exists())
    return db.session.scalar(visits) or 0, db.session.scalar(with_case) or 0


def _deed(visit: Visit) -> str:
    words = [str(KIND_WORDS[visit.kind])]
    if visit.purpose:
        words.append(str(PURPOSE_WORDS[visit.purpose]))
    review = visit.review
    if review is not None and review.result:
        words.append(str(RESULT_WORDS[review.result]))
    return " · ".join(words)


MEETINGS = Meetings("visit", _l("Visits"), refs, roles, deeds, count, monthly)
