"""Moving a lead from stage to stage: the one place where that happens."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from portal.core import audit
from portal.core.errors import Conflict, Refused
from portal.core.events import publish
from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.actions.timeline import note
from portal.extensions import db
from portal.leads.actions.activity import touch_lead
from portal.leads.actions.holding import hold_open
from portal.leads.events import LeadMoved
from portal.leads.models import Lead, LeadMove
from portal.leads.stages.actions.answering import answer_items
from portal.leads.stages.events import ReviewEnded
from portal.leads.stages.models import StageReview
from portal.leads.stages.queries import answered_of, stage_map
from portal.leads.stages.rules import (
    ASKED,
    EXPIRED,
    LONGEST_REASON,
    PASSED,
    WITHDRAWN,
    Lack,
    StageMap,
    lacking,
    may_pass,
)
from portal.people.rules import Actor


class Missing(Refused):
    """The move lacks something; `items` lists what."""

    def __init__(self, items: Sequence[Lack]) -> None:
        words = "; ".join(lack.words.in_(current_language()) for lack in items)
        super().__init__(_l("Before this move there is still missing: %(words)s", words=words))
        self.items = items


def missing_for(lead: Lead, to_stage: str) -> list[Lack]:
    """What still lacks for the move; nothing for a move back."""
    stages, answered = stage_map(), answered_of(lead)
    return lacking(stages, lead.stage, to_stage, answered.keys(stages), answered.passed)


def move_lead(
    actor: Actor, lead: Lead, to_stage: str, now: datetime, *,
    answers: Mapping[str, str] | None = None, reason: str = "", pass_reason: str = "",
    closing: bool = False, seen: str | None = None,
) -> None:
    """Bring an open lead to another stage, keeping the `answers` ("stage.item" → typed) first.

    Forward nothing may be missing, unless whoever leads the owner lets it pass with
    `pass_reason`; back needs a `reason`. The last stage is reached by `closing` alone. `seen` is
    the stage that the person saw. Raises `Refused`, `Missing`, `Conflict` when somebody else moved
    it meanwhile. Publishes `LeadMoved`.
    """
    seen = seen or lead.stage
    hold_open(lead)
    stages = stage_map()
    if lead.stage != seen:
        raise Conflict(_l("Somebody moved this lead in the meantime. Look at where it stands now."))
    if closing and to_stage == lead.stage:
        return
    _check_aim(stages, lead, to_stage, closing)
    if answers:
        answer_items(actor, lead, answers, now)
    if stages.is_forward(lead.stage, to_stage):
        _forward(actor, lead, to_stage, line(pass_reason), now)
    else:
        _back(actor, lead, to_stage, line(reason), now)


def _check_aim(stages: StageMap, lead: Lead, to_stage: str, closing: bool) -> None:
    target = stages.get(to_stage)
    if target is None or not target.active:
        raise Refused(_l("This stage is not in use."))
    if lead.owner_id is None:
        raise Refused(_l("Nobody has this lead; claim it from the pool first."))
    if to_stage == lead.stage:
        raise Refused(_l("The lead is at this stage already."))
    if stages.last is not None and to_stage == stages.last.code and not closing \
            and stages.is_forward(lead.stage, to_stage):
        raise Refused(_l("The last stage is reached by closing the lead as won."))


def _forward(actor: Actor, lead: Lead, to_stage: str, pass_reason: str, now: datetime) -> None:
    lacks = missing_for(lead, to_stage)
    if lacks and not pass_reason:
        raise Missing(lacks)
    if lacks and not may_pass(actor.id, lead.owner_id, _leaders(actor, lead)):
        raise Refused(_l("Only a manager who leads the owner may let this pass."))
    _end_reviews(lead, [lack.stage for lack in lacks if lack.gate], ASKED, WITHDRAWN, actor, now,
                 pass_reason)
    _go(actor, lead, to_stage, now, pass_reason=pass_reason if lacks else "",
        lacked=[{"zh": lack.words.zh, "en": lack.words.en} for lack in lacks])


def _back(actor: Actor, lead: Lead, to_stage: str, reason: str, now: datetime) -> None:
    """What is passed beyond the aim was passed for something that will look different."""
    if not reason:
        raise Refused(_l("Say why the lead goes back; the next one who works on it will read it."))
    stages = stage_map()
    beyond = [s.code for s in stages if stages.is_forward(to_stage, s.code)]
    _end_reviews(lead, beyond, PASSED, EXPIRED, None, now, "")
    _end_reviews(lead, beyond, ASKED, WITHDRAWN, actor, now, reason)
    _go(actor, lead, to_stage, now, reason=reason)


def _leaders(actor: Actor, lead: Lead) -> tuple[int, ...]:
    owner = lead.owner
    return () if owner is None else actor.tree.leaders_above(owner.id, owner.team_id)


def _end_reviews(
    lead: Lead, stages: Sequence[str], status: str, becomes: str, actor: Actor | None,
    now: datetime, reason: str,
) -> None:
    """The reviews at these gates that stand so become something else."""
    query = select(StageReview).where(StageReview.lead_id == lead.id, StageReview.status == status,
                                      StageReview.stage.in_(stages))
    for review in db.session.scalars(query):
        review.status = becomes
        if actor is not None:
            review.decided_by_id, review.decided_at = actor.id, now
            review.reason = reason[:LONGEST_REASON]
            publish(ReviewEnded(review.id, lead.id))


def _go(
    actor: Actor, lead: Lead, to_stage: str, now: datetime, *, reason: str = "",
    pass_reason: str = "", lacked: Sequence[Mapping[str, str]] = (),
) -> None:
    if len(reason) > LONGEST_REASON or len(pass_reason) > LONGEST_REASON:
        raise Refused(_l("A reason has at most 500 characters."))
    before = lead.stage
    db.session.add(LeadMove(
        lead_id=lead.id, from_stage=before, to_stage=to_stage, at=now, actor_id=actor.id,
        stayed_seconds=max(0, int((now - lead.stage_since).total_seconds())),
        reason=reason, passed_reason=pass_reason, lacked=list(lacked),
    ))
    lead.stage, lead.stage_since = to_stage, now
    kind = "lead.move_passed" if pass_reason else "lead.moved_back" if reason else "lead.moved"
    detail: dict[str, Any] = {"from": before, "to": to_stage}
    if lacked:
        detail["lacked"] = list(lacked)
    note(lead.customer_id, kind, actor.id, now, lead_id=lead.id, subject=lead.ref,
         reason=reason or pass_reason, **detail)
    audit.record(actor.id, kind, lead.ref, now, before=before, after=to_stage)
    touch_lead(lead, now)
    publish(LeadMoved(lead.id, actor.id, before, to_stage))
