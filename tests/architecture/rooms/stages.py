"""The stages of leads, their reviews and scores."""

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.stages.models import StageReview
from portal.people.models import User
from tests.architecture.rooms.room import Made, Room, Walk


def _gate_review(walk: Walk, lead_id: int) -> Made:
    """The owner, or `writer` while nobody owns it, asks the leader of the team for a review."""
    leader = db.session.query(User.id).filter_by(login="mei").scalar()
    with transaction():
        review = StageReview(
            lead_id=lead_id, stage="proposal", gate="product_review",
            words={"zh": "产品评审", "en": "Product review"}, asked_at=walk.now,
            asked_by_id=walk.seller_id or walk.writer.id, reviewer_id=leader)
        db.session.add(review)
    return {"gate_review_id": review.id}


ROOM = Room(
    roles={
        "stages:manage": {"admin"},
        "scoring:manage": {"admin"},
    },
    customers={
        # permission             hers        in the pool
        "lead:move":            ("y--yy---", "---nnn--"),
        # Alice asks mei, who leads her; of a lead in the pool bob had asked.
        "gate_review:read":     ("y--yy---", "-y-yyy--"),
        "gate_review:decide":   ("n--yy---", "-n-yyn--"),
        "gate_review:withdraw": ("y--nn---", "-y-nnn--"),
    },
    rows={
        "gate_review": (StageReview, "gate_review_id"),
    },
    of_lead={
        "gate_review_id": _gate_review,
    },
)  # fmt: skip
