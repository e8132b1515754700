"""The difficulty alerts from a lead, and from its visits."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, literal, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from portal.cases.alerts.models import Alert
from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.extensions import db
from portal.leads.loop.meetings import all_meetings
from portal.leads.models import Lead
from portal.people.rules import Actor

MOST = 10


def has_answer(lead: Lead) -> bool:
    """Whether a manager replied to an alert from this lead or from a visit about it."""
    answered = select(Alert.id).where(
        _from(lead), Alert.answered_at.is_not(None), Alert.withdrawn_at.is_(None))
    return db.session.scalar(answered.limit(1)) is not None


def alerts_of(actor: Actor, lead: Lead) -> Sequence[Alert]:
    """Those that the person may read, the newest first."""
    query = (
        select(Alert).join(Alert.case)
        .options(contains_eager(Alert.case).joinedload(Case.owner), joinedload(Alert.manager),
                 joinedload(Alert.handed_to), joinedload(Alert.answered_by))
        .where(_from(lead), readable_by(actor))
        .order_by(Alert.raised_at.desc(), Alert.id.desc()).limit(MOST)
    )
    return db.session.scalars(query).all()


def _from(lead: Lead) -> ColumnElement[bool]:
    refs = [meetings.refs(lead.customer_id, lead.id) for meetings in all_meetings()]
    return Alert.source_ref.in_(union_all(select(literal(lead.ref)), *refs))
