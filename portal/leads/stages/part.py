"""The stage of a lead on its page: the strip, what lacks for the next stage, the last pass."""

from collections.abc import Mapping
from typing import Any

from portal.core import access, clock
from portal.leads.models import Lead
from portal.leads.stages.queries import answered_of, stage_map
from portal.leads.stages.rules import lacking
from portal.leads.stages.strip import CURRENT, moves_of, strip
from portal.people.rules import Actor


def stage_part(actor: Actor, lead: Lead) -> Mapping[str, Any]:
    """What `leads/parts/stage.html` shows."""
    stages, moves = stage_map(), moves_of(lead)
    following = stages.next_of(lead.stage) if lead.is_open else None
    answered = answered_of(lead)
    lacks = [] if following is None else lacking(
        stages, lead.stage, following.code, answered.keys(stages), answered.passed)
    steps = strip(lead, moves, clock.now())
    return {
        "stage_steps": steps,
        # The next one has a button of its own; the last is reached by closing.
        "stage_others": [step for step in steps if step.stage.active and step.state != CURRENT
                         and step.stage not in (following, stages.last)],
        "stage_next": following,
        "stage_closes": following is not None and following is stages.last,
        "stage_lacks": lacks,
        "stage_reviews": [review for review in answered.all_reviews if review.is_open],
        "stage_pass": next((move for move in reversed(moves) if move.passed_reason), None),
        "stage_movable": lead.is_open and access.allows(actor, "lead:move", lead),
    }
