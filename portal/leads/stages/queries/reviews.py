"""Reviews that wait for somebody, or of which somebody waits for the outcome."""

from collections.abc import Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.leads.stages.models import StageReview
from portal.leads.stages.rules import ASKED, REFUSED
from portal.people.rules import Actor


def waiting_for(actor: Actor) -> Select[StageReview]:
    """What this person is asked to review, the longest waiting first."""
    return (
        _of_open_leads().where(StageReview.status == ASKED, StageReview.reviewer_id == actor.id)
        .order_by(StageReview.asked_at, StageReview.id)
    )


def refused_to(actor: Actor) -> Select[StageReview]:
    """What this person asked for and was refused, as long as the lead still stands where it stood
    and nobody asked again."""
    later = aliased(StageReview)
    again = exists().where(
        later.lead_id == StageReview.lead_id, later.stage == StageReview.stage,
        later.gate == StageReview.gate, later.id > StageReview.id)
    return (
        _of_open_leads()
        .where(StageReview.status == REFUSED, StageReview.asked_by_id == actor.id, ~again,
               Lead.stage_since <= StageReview.asked_at)
        .order_by(StageReview.decided_at, StageReview.id)
    )


def asked_of(lead_id: int) -> Sequence[StageReview]:
    """What is asked about one lead."""
    return db.session.scalars(select(StageReview).where(
        StageReview.lead_id == lead_id, StageReview.status == ASKED)).all()


def _of_open_leads() -> Select[StageReview]:
    return (
        select(StageReview).join(Lead, Lead.id == StageReview.lead_id).where(Lead.status == OPEN)
        .options(contains_eager(StageReview.lead).joinedload(Lead.customer),
                 joinedload(StageReview.asked_by), joinedload(StageReview.decided_by))
        .limit(50)
    )
