"""A lead's way through the stages, as the strip on its page and the table of its stages show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.leads.models import Lead, LeadMove
from portal.leads.stages.queries import stage_map
from portal.leads.stages.rules import Stage, days_over

DONE, CURRENT, AHEAD = "done", "current", "ahead"
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Step:
    """A stage of the strip: `days` it took so far (None: never been there), `over` by how many
    that is longer than expected, `passed` whether a manager let the lead enter it."""

    stage: Stage
    state: str
    days: int | None
    over: int
    passed: bool


def moves_of(lead: Lead) -> Sequence[LeadMove]:
    """The way it went, the first step first."""
    query = (select(LeadMove).where(LeadMove.lead_id == lead.id)
             .options(joinedload(LeadMove.actor)).order_by(LeadMove.id))
    return db.session.scalars(query).all()


def strip(lead: Lead, moves: Sequence[LeadMove], now: datetime) -> list[Step]:
    """Every stage in use, and a retired one where the lead stands or stood."""
    stages = stage_map()
    seconds: dict[str, int] = {}
    for move in moves:
        if move.from_stage is not None:
            seconds[move.from_stage] = seconds.get(move.from_stage, 0) + (move.stayed_seconds or 0)
    until = now if lead.is_open else lead.closed_at or now
    here = max(0, int((until - lead.stage_since).total_seconds()))
    seconds[lead.stage] = seconds.get(lead.stage, 0) + here
    place = stages.place(lead.stage)
    passed = {move.to_stage for move in moves if move.passed_reason}
    steps = []
    for stage in stages:
        if not stage.active and stage.code not in seconds:
            continue
        days = seconds[stage.code] // DAY if stage.code in seconds else None
        at = stages.place(stage.code)
        state = DONE if at < place else CURRENT if at == place else AHEAD
        over = days_over(days or 0, stage.expected_days) if state != AHEAD else 0
        steps.append(Step(stage, state, days, over, stage.code in passed))
    return steps
