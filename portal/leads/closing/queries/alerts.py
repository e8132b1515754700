"""The difficulty alerts from a lead, and from its visits."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, literal, select, union_all
from sqlalchemy.orm import contains_eager, joinedload

from portal.cases.alerts.models import Alert
from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.extensions import db
from portal.leads.closing.queries.endings import last_reopening
from portal.leads.loop.meetings import all_meetings
from portal.leads.models import Lead
from portal.people.models import User
from portal.people.queries import team_tree
from portal.people.rules import Actor

MOST = 10
MANAGER = "manager"


def has_answer(lead: Lead) -> bool:
    """Whether a manager replied to an alert from this lead or from a visit about it: not a
    colleague to whom it was handed, and nobody about a lead of their own. What was answered before
    the lead was opened again was answered about something else."""
    reopened = last_reopening(lead)
    answered = (
        select(User.id, User.role).join(Alert, Alert.answered_by_id == User.id)
        .where(_from(lead), Alert.answered_at.is_not(None), Alert.withdrawn_at.is_(None),
               User.id != (lead.owner_id or 0))
    )
    if reopened is not None:
        answered = answered.where(Alert.answered_at >= reopened.at)
    owner = lead.owner
    leaders = () if owner is None else team_tree().leaders_above(owner.id, owner.team_id)
    return any(role == MANAGER or person_id in leaders
               for person_id, role in db.session.execute(answered))


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
