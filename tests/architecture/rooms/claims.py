"""Claims on customers of others."""

from portal.cases.actions.stored_files import store
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.leads.claims.models import Claim, ClaimEvidence, ClaimPhoto
from tests.architecture.rooms.room import Made, Room, Walk, picture


def _claim(walk: Walk, customer_id: int) -> Made:
    """`writer` claims the customer, with a photo."""
    content = picture().getvalue()
    with transaction():
        photo = ClaimPhoto(sha256=store(content, walk.app.extensions["settings"].files),
                           name="card.png", media_type="image/png", size=len(content))
        claim = Claim(
            customer_id=customer_id, claimant_id=walk.writer.id, title="恒通机电",
            typed={"customer": {"name": "恒通机电"}}, keys=[], owner_id=walk.seller_id,
            state="sent", created_at=walk.now, sent_at=walk.now, due_at=walk.now,
            evidence=[ClaimEvidence(person_id=walk.writer.id, reaches="钱敏", at=walk.now,
                                    photos=[photo])],
        )
        db.session.add(claim)
    return {"claim_id": claim.id, "claim_photo_id": photo.id}


ROOM = Room(
    customers={
        # permission         hers        in the pool
        # Bob claims the customer, with a photo.
        "claim:read":       ("yy-yy---", "-y-yy---"),
        "claim:edit":       ("ny-nn---", "-y-nn---"),
        "claim:answer":     ("yy-nn---", "-y-nn---"),
        "claim:decide":     ("nn-yy---", "-n-yy---"),
        "claim_photo:read": ("yy-yy---", "-y-yy---"),
    },
    not_pages={"claims.photo"},
    rows={
        "claim": (Claim, "claim_id"),
        "claim_photo": (ClaimPhoto, "claim_photo_id"),
    },
    of_customer={
        "claim_id claim_photo_id": _claim,
    },
)  # fmt: skip
