"""Who is told about a duplicate claim; after the transaction, each fact once."""

from portal.core import clock
from portal.extensions import db
from portal.leads.claims.events import ClaimDecided, ClaimSent, ClaimWithdrawn, EvidenceAdded
from portal.leads.claims.models import Claim
from portal.reminders.actions import notify, settle

WORK = ("claim.sent", "claim.against", "claim.answered", "claim.waiting")


def tell_of_sent(event: ClaimSent) -> None:
    """Who decides, and whose customer it is."""
    claim = db.session.get(Claim, event.claim_id)
    if claim is None or not claim.is_sent or claim.sent_at is None:
        return
    now, key = clock.now(), f"{claim.ref}:sent:{claim.sent_at:%Y%m%d%H%M%S}"
    for person, kind in ((claim.decider_id, "claim.sent"), (claim.owner_id, "claim.against")):
        if person is not None:
            notify({person}, kind, claim.ref, now, key=key, actor_id=event.actor_id)


def tell_of_evidence(event: EvidenceAdded) -> None:
    """Who decides, and the other side."""
    claim = db.session.get(Claim, event.claim_id)
    if claim is None or not claim.is_sent:
        return
    people = {claim.decider_id, claim.claimant_id, claim.owner_id} - {None}
    notify({person for person in people if person}, "claim.answered", claim.ref, clock.now(),
           key=f"{claim.ref}:evidence:{event.evidence_id}", actor_id=event.actor_id)


def tell_of_decided(event: ClaimDecided) -> None:
    """Both sides; for whoever was to decide the work is done."""
    claim = db.session.get(Claim, event.claim_id)
    if claim is None or not claim.is_decided:
        return
    now = clock.now()
    settle(claim.ref, now, kinds=WORK)
    people = {claim.claimant_id, claim.owner_id} - {None} if claim.sent_at else set()
    notify({person for person in people if person}, "claim.decided", claim.ref, now,
           key=f"{claim.ref}:decided", actor_id=event.actor_id)


def forget_the_claim(event: ClaimWithdrawn) -> None:
    """Nobody need decide or answer."""
    claim = db.session.get(Claim, event.claim_id)
    if claim is not None and not claim.is_sent:
        settle(claim.ref, clock.now(), kinds=WORK)
