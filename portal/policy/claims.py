"""Who reads, answers and decides duplicate claims."""

from portal.core.access import Permission, Policy
from portal.leads.claims.models import Claim, ClaimPhoto
from portal.leads.claims.queries import reading
from portal.people.rules import Actor
from portal.policy.customers import sells


def reads_claim(actor: Actor, claim: Claim) -> bool:
    return sells(actor, claim) and reading.reads(actor, claim)


def edits_claim(actor: Actor, claim: Claim) -> bool:
    """Whoever typed it."""
    return sells(actor, claim) and claim.claimant_id == actor.id


def answers_claim(actor: Actor, claim: Claim) -> bool:
    """Either side, until it is decided."""
    return (sells(actor, claim) and claim.is_sent
            and actor.id in (claim.claimant_id, claim.owner_id))


def decides_claim(actor: Actor, claim: Claim) -> bool:
    """The lowest leader of both sides, and those above; never one of the two."""
    return reads_claim(actor, claim) and reading.may_decide(actor, claim)


def reads_claim_photo(actor: Actor, photo: ClaimPhoto) -> bool:
    """Who reads the claim; the claimant sees what the owner shows once it is decided."""
    claim = photo.claim
    if not reads_claim(actor, claim):
        return False
    hidden = claim.claimant_id == actor.id and photo.evidence.person_id != actor.id
    return claim.is_decided or not hidden


POLICY: Policy = {
    "claim:read": Permission(reads_claim, of_row=True, sees="claim:read"),
    "claim:edit": Permission(edits_claim, of_row=True, sees="claim:read"),
    "claim:answer": Permission(answers_claim, of_row=True, sees="claim:read"),
    "claim:decide": Permission(decides_claim, of_row=True, sees="claim:read"),
    "claim_photo:read": Permission(reads_claim_photo, of_row=True, sees="claim_photo:read"),
}
