"""The funnel in numbers: what stands at each stage, how long it stays there, how much goes on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select

from portal.core import clock
from portal.extensions import db
from portal.leads.models import Lead, LeadMove
from portal.leads.queries.filters import LeadFilters
from portal.leads.rules import ABANDONED, LOST, VOID
from portal.leads.stages.queries.stage_map import stage_map
from portal.leads.stages.rules import Stage
from portal.leads.teams import readable_beyond
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
    for from_stage, to_stage, count, seconds in _moves(whose, since):
        if from_stage in rows:
            row = rows[from_stage]
            row.left, row.seconds = row.left + count, row.seconds + seconds
            row.forward += count if stages.is_forward(from_stage, to_stage) else 0
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
    """Open leads by stage and currency, from one index when nothing but the owner narrows them."""
    conditions = filters.conditions(actor, clock.now())
    query = select(Lead.stage, Lead.currency, func.count(), func.sum(Lead.amount))
    query = query.where(*readable_beyond(actor, filters), *conditions)
    return db.session.execute(query.group_by(Lead.stage, Lead.currency))


def _whose(actor: Actor, filters: LeadFilters) -> list[ColumnElement[bool]]:
    """Which leads count, whatever stage they are at; void ones never."""
    anywhere = replace(filters, status="all", stage="")
    return [*readable_beyond(actor, filters), *anywhere.conditions(actor, clock.now())]


def _losses(whose: Sequence[ColumnElement[bool]], since: datetime) -> Any:
    query = select(Lead.stage, func.count()).where(
        Lead.closed_at >= since, Lead.status.in_((LOST, ABANDONED)), *whose)
    return db.session.execute(query.group_by(Lead.stage))


def _moves(
    whose: Sequence[ColumnElement[bool]], since: datetime
) -> Iterator[tuple[str, str, int, int]]:
    """From, to, how many, after how many seconds in all."""
    if len(whose) > 1:
        yield from _counted(since, LeadMove.lead_id.in_(select(Lead.id).where(*whose)))
        return
    # Everybody's are counted from the index of moves alone, then those of void leads taken off.
    yield from _counted(since)
    void = LeadMove.lead_id.in_(select(Lead.id).where(Lead.status == VOID))
    for from_stage, to_stage, count, seconds in _counted(since, void):
        yield from_stage, to_stage, -count, -seconds


def _counted(
    since: datetime, *where: ColumnElement[bool]
) -> Iterator[tuple[str, str, int, int]]:
    query = (
        select(LeadMove.from_stage, LeadMove.to_stage, func.count(),
               func.coalesce(func.sum(LeadMove.stayed_seconds), 0))
        .where(LeadMove.at >= since, LeadMove.from_stage.is_not(None), *where)
        .group_by(LeadMove.from_stage, LeadMove.to_stage)
    )
    for from_stage, to_stage, count, seconds in db.session.execute(query):
        yield str(from_stage), to_stage, count, int(seconds or 0)
