"""Who moves leads through the stages, and who gives the reviews at the gates."""

from portal.core.access import Permission, Policy
from portal.leads.models import Lead
from portal.leads.stages.models import StageReview
from portal.people.rules import Actor
from portal.policy.customers import sells
from portal.policy.leads import edits_lead, reads_lead
from portal.policy.offices import administrator


def moves_lead(actor: Actor, lead: Lead) -> bool:
    """Whoever edits it, and whoever leads its owner: they may let a move pass."""
    return edits_lead(actor, lead) or (
        lead.owner is not None and lead.status != "void" and sells(actor, lead)
        and actor.id in actor.tree.leaders_above(lead.owner.id, lead.owner.team_id))


def reads_review(actor: Actor, review: StageReview) -> bool:
    """Who gives it, who asked, and whoever reads the lead."""
    return sells(actor, review) and (
        actor.id in (review.reviewer_id, review.asked_by_id) or decides_review(actor, review)
        or reads_lead(actor, review.lead))


def decides_review(actor: Actor, review: StageReview) -> bool:
    """The reviewer, and in their place whoever leads them; never who asks or owns the lead."""
    if not sells(actor, review) or actor.id in (review.asked_by_id, review.lead.owner_id):
        return False
    reviewer = review.reviewer
    return actor.id == reviewer.id or actor.id in actor.tree.leaders_above(
        reviewer.id, reviewer.team_id)


def withdraws_review(actor: Actor, review: StageReview) -> bool:
    """Who asked, and whoever edits the lead."""
    return sells(actor, review) and (
        actor.id == review.asked_by_id or edits_lead(actor, review.lead))


POLICY: Policy = {
    "lead:move": Permission(moves_lead, of_row=True, sees="lead:read"),
    "gate_review:read": Permission(reads_review, of_row=True, sees="gate_review:read"),
    "gate_review:decide": Permission(decides_review, of_row=True, sees="gate_review:read"),
    "gate_review:withdraw": Permission(withdraws_review, of_row=True, sees="gate_review:read"),
    "stages:manage": Permission(administrator),
    "scoring:manage": Permission(administrator),
}
