"""Reviews at the gates: asked for, given, withdrawn."""

from datetime import datetime

from sqlalchemy import select

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, line
from portal.customers.actions.timeline import note
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.actions.activity import touch_lead
from portal.leads.actions.holding import hold_open
from portal.leads.models import Lead
from portal.leads.stages.events import ReviewAsked, ReviewEnded, ReviewGiven
from portal.leads.stages.models import StageReview
from portal.leads.stages.queries import answered_of, stage_map
from portal.leads.stages.reading import is_link
from portal.leads.stages.rules import (
    ASKED,
    LONGEST_ANSWER,
    LONGEST_REASON,
    PART,
    PASSED,
    PERSON,
    REFUSED,
    TEAM,
    WITHDRAWN,
    Gate,
    reviewer,
)
from portal.people.models import Team, User
from portal.people.queries import team_tree
from portal.people.rules import SELLERS, Actor


def ask_review(
    actor: Actor, lead: Lead, stage: str, gate_key: str, now: datetime, *, text: str = "",
    link: str = "",
) -> StageReview:
    """Ask for the review at a gate ahead of the lead. Raises `Refused` when it is asked or passed
    already, and when there is nobody to give it. Publishes `ReviewAsked`."""
    hold_open(lead)
    gate = _gate_ahead(lead, stage, gate_key)
    text, link = block(text), line(link)
    _check(text, link)
    standing = answered_of(lead).reviews.get((stage, gate_key))
    if standing is not None and standing.status in (ASKED, PASSED):
        raise Refused(_l("This review is asked for already.") if standing.is_open
                      else _l("This review is passed already."))
    person_id = reviewer_of(lead, gate, actor.id)
    if person_id is None:
        raise Refused(_l("Nobody can give this review: the owner has no leader. Ask the "
                         "administrator to name a reviewer."))
    review = StageReview(
        lead_id=lead.id, lead=lead, stage=stage, gate=gate_key,
        words={"zh": gate.words.zh, "en": gate.words.en}, status=ASKED, asked_by_id=actor.id,
        asked_at=now, note=text, link=link, reviewer_id=person_id,
    )
    db.session.add(review)
    _write_down(review, "lead.review_asked", actor.id, now, text=text)
    publish(ReviewAsked(review.id, lead.id, actor.id))
    return review


def _gate_ahead(lead: Lead, stage: str, gate_key: str) -> Gate:
    stages = stage_map()
    for each in stages.entered(lead.stage, stage):
        for gate in each.content.gates:
            if (each.code, gate.key) == (stage, gate_key):
                return gate
    raise Refused(_l("There is no such gate ahead of this lead."))


def _check(text: str, link: str) -> None:
    if len(text) > LONGEST_ANSWER:
        raise Refused(_l("A note has at most 2,000 characters."))
    if link and (len(link) > LONGEST_REASON or not is_link(link)):
        raise Refused(_l("Write the whole address of the file or case, beginning with https:// "
                         "or with / for a page of this portal."))


def reviewer_of(lead: Lead, gate: Gate, asks_id: int) -> int | None:
    """Whom the review waits for: whoever the gate names, else the nearest leader of the owner;
    neither who asks nor who owns the lead."""
    owner = lead.owner
    leaders = () if owner is None else team_tree().leaders_above(owner.id, owner.team_id)
    candidates = _named(lead.customer, gate)
    able = set(db.session.scalars(select(User.id).where(
        User.id.in_({*candidates, *leaders}), User.deactivated_at.is_(None),
        User.role.in_(SELLERS))))
    return reviewer(candidates, leaders, able, {asks_id, lead.owner_id or 0})


def _named(customer: Customer, gate: Gate) -> list[int]:
    """The people the gate names, in the order in which they are asked."""
    kind, _, value = gate.reviewer.partition(":")
    if kind == PART:
        return [each.person_id for each in customer.people if each.part == value]
    if kind == PERSON and value.isdecimal():
        return [int(value)]
    if kind == TEAM and value.isdecimal():
        team = db.session.get(Team, int(value))
        return [] if team is None else list(team_tree().leaders_above(0, team.id))
    return []


def decide_review(
    actor: Actor, review: StageReview, passes: bool, reason: str, now: datetime
) -> None:
    """Let it pass, or refuse it with a reason. Raises `Refused`. Publishes `ReviewGiven`."""
    _hold(review)
    reason = line(reason)
    if actor.id in (review.asked_by_id, review.lead.owner_id):
        raise Refused(_l("Somebody else must review what you ask for."))
    if not passes and not reason:
        raise Refused(_l("Say what must change before it can pass."))
    if len(reason) > LONGEST_REASON:
        raise Refused(_l("A reason has at most 500 characters."))
    review.status = PASSED if passes else REFUSED
    review.decided_by_id, review.decided_at, review.reason = actor.id, now, reason
    _write_down(review, "lead.review_passed" if passes else "lead.review_refused", actor.id, now,
                reason=reason)
    publish(ReviewGiven(review.id, review.lead_id, actor.id))


def withdraw_review(actor: Actor, review: StageReview, now: datetime) -> None:
    """Nobody needs to give it any more. Raises `Refused`. Publishes `ReviewEnded`."""
    _hold(review)
    review.status, review.decided_by_id, review.decided_at = WITHDRAWN, actor.id, now
    _write_down(review, "lead.review_withdrawn", actor.id, now)
    publish(ReviewEnded(review.id, review.lead_id))


def _hold(review: StageReview) -> None:
    """Nobody else decides meanwhile; the lead first, as everywhere."""
    hold_open(review.lead)
    db.session.refresh(review, with_for_update={"key_share": True})
    if not review.is_open:
        raise Refused(_l("This review has been decided or withdrawn already."))


def _write_down(
    review: StageReview, kind: str, actor_id: int, now: datetime, *, text: str = "",
    reason: str = "",
) -> None:
    lead = review.lead
    # The entries name the new id.
    db.session.flush()
    reviewer_name = db.session.scalar(select(User.name).where(User.id == review.reviewer_id))
    note(lead.customer_id, kind, actor_id, now, lead_id=lead.id, subject=review.ref, text=text,
         reason=reason, gate=review.words, stage=review.stage, reviewer=reviewer_name)
    audit.record(actor_id, kind, lead.ref, now, review=review.id, gate=review.gate)
    touch_lead(lead, now)

