"""The funnel in numbers: what stands at each stage, how long it stays there, how much goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from portal.core import clock
from portal.extensions import db
from portal.leads.models import Lead, LeadMove
from portal.leads.queries.filters import LeadFilters
from portal.leads.queries.reading import readable_by
from portal.leads.rules import ABANDONED, LOST
from portal.leads.stages.queries.stage_map import stage_map
from portal.leads.stages.rules import Stage, StageMap
from portal.people.rules import Actor

DAY = 24 * 60 * 60


@dataclass
class FunnelRow:
    """One stage. `amounts` are sums by currency of what stands there now; the others are of the
    span: `left` how many went on, back or away, `days` how long they had stayed on average,
    `conversion` the share that went on of those that went on or were lost, in percent."""

    stage: Stage
    count: int = 0
    amounts: dict[str, Decimal] = field(default_factory=dict)
    forward: int = 0
    left: int = 0
    seconds: int = 0
    lost: int = 0

    @property
    def days(self) -> float | None:
        return round(self.seconds / self.left / DAY, 1) if self.left else None

    @property
    def conversion(self) -> float | None:
        ended = self.forward + self.lost
        return round(100 * self.forward / ended, 1) if ended else None

    @property
    def over(self) -> float:
        """By how many days the average stay is longer than expected."""
        expected = self.stage.expected_days
        return max(0.0, round((self.days or 0) - expected, 1)) if expected else 0.0


def funnel(actor: Actor, filters: LeadFilters, since: datetime) -> list[FunnelRow]:
    """A row for each stage in use, and for a retired one where open leads stand. What is counted
    is what this person reads; moves and endings are those since the moment."""
    stages = stage_map()
    rows = {stage.code: FunnelRow(stage) for stage in stages}
    whose = _whose(actor, filters)
    for stage, currency, count, amount in _standing(actor, filters):
        if stage in rows:
            rows[stage].count += count
            if amount is not None:
                rows[stage].amounts[currency] = amount
    for move in _moves(whose, since):
        _add_move(stages, rows, move)
    for stage, count in _losses(whose, since):
        if stage in rows:
            rows[stage].lost += count
    return [row for row in rows.values() if row.stage.active or row.count]


def bottleneck(rows: Sequence[FunnelRow], fewest: int = 5) -> FunnelRow | None:
    """The stage from which the smallest share goes on, of those that enough leads have left; the
    last one leads nowhere."""
    known = [row for row in rows[:-1]
             if row.conversion is not None and row.forward + row.lost >= fewest]
    lowest = min(known, key=lambda row: row.conversion or 0.0, default=None)
    return lowest if lowest is not None and lowest.conversion != 100 else None


def _standing(actor: Actor, filters: LeadFilters) -> Any:
    """Open leads by stage and currency, from one index when nothing narrows them."""
    now = clock.now()
    query = select(Lead.stage, Lead.currency, func.count(), func.sum(Lead.amount))
    query = query.where(readable_by(actor), *filters.conditions(actor, now))
    return db.session.execute(query.group_by(Lead.stage, Lead.currency)).tuples()


def _whose(actor: Actor, filters: LeadFilters) -> ColumnElement[bool]:
    """Which leads count, whatever stage and state they are at; void ones never."""
    anywhere = replace(filters, status="all", stage="")
    return and_(readable_by(actor), *anywhere.conditions(actor, clock.now()))


def _moves(whose: ColumnElement[bool], since: datetime) -> Any:
    query = (
        select(LeadMove.from_stage, LeadMove.to_stage, func.count(),
               func.sum(LeadMove.stayed_seconds))
        .join(Lead, Lead.id == LeadMove.lead_id)
        .where(LeadMove.at >= since, LeadMove.from_stage.is_not(None), whose)
    )
    return db.session.execute(query.group_by(LeadMove.from_stage, LeadMove.to_stage)).tuples()


def _losses(whose: ColumnElement[bool], since: datetime) -> Any:
    query = select(Lead.stage, func.count()).where(
        Lead.closed_at >= since, or_(Lead.status == LOST, Lead.status == ABANDONED), whose)
    return db.session.execute(query.group_by(Lead.stage)).tuples()


def _add_move(
    stages: StageMap, rows: Mapping[str, FunnelRow], move: tuple[str, str, int, int | None]
) -> None:
    from_stage, to_stage, count, seconds = move
    if from_stage not in rows:
        return
    row = rows[from_stage]
    row.left += count
    row.seconds += int(seconds or 0)
    if stages.is_forward(from_stage, to_stage):
        row.forward += count
