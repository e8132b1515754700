"""What visits and follow-ups tell of a deal, for what the deal gives to the library."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, String, func, select

from portal.core.i18n import lazy_gettext as _l
from portal.customers.models import Contact
from portal.extensions import db
from portal.leads.loop.meetings import Meetings
from portal.visits import rules
from portal.visits.models import Visit, VisitContact
from portal.visits.queries.without_case import monthly
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


def _deed(visit: Visit) -> str:
    words = [str(KIND_WORDS[visit.kind])]
    if visit.purpose:
        words.append(str(PURPOSE_WORDS[visit.purpose]))
    review = visit.review
    if review is not None and review.result:
        words.append(str(RESULT_WORDS[review.result]))
    return " · ".join(words)


MEETINGS = Meetings("visit", _l("Visits"), refs, roles, deeds, count, monthly,
                    lacking="visits.without_case")
