"""Reads of the list and of the board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.board import rules
from portal.leads.board.models import SavedView
from portal.leads.models import Lead
from portal.leads.queries.filters import LeadFilters
from portal.leads.stages.queries.stage_map import stage_map
from portal.leads.stages.rules import Stage
from portal.leads.teams import readable_beyond
from portal.people.rules import Actor


def listed(
    actor: Actor, filters: LeadFilters, now: datetime, sort: str = rules.ACTIVITY
) -> Select[Lead]:
    """The leads this person reads, narrowed and in order, with what a row shows of them."""
    query = (
        select(Lead).options(joinedload(Lead.customer), joinedload(Lead.owner))
        .where(*readable_beyond(actor, filters), *filters.conditions(actor, now))
    )
    return _ordered(query, sort)


def _ordered(query: Select[Any], sort: str) -> Select[Any]:
    """What has no date stands in no list that is ordered by it."""
    if sort == rules.NEXT:
        return query.where(Lead.next_step_at.is_not(None)).order_by(Lead.next_step_at, Lead.id)
    if sort == rules.CLOSE:
        return query.where(Lead.expected_close.is_not(None)).order_by(
            Lead.expected_close, Lead.id)
    column: Any = {
        rules.NEWEST: Lead.created_at, rules.AMOUNT: Lead.amount, rules.SCORE: Lead.score,
    }.get(sort, Lead.last_activity_at)
    if sort == rules.AMOUNT:
        return query.order_by(column.desc().nulls_last(), Lead.id.desc())
    return query.order_by(column.desc(), Lead.id.desc())


@dataclass(frozen=True)
class Column:
    """A stage of the board: how many stand there, what they add up to by currency, and the first
    of them."""

    stage: Stage
    count: int
    amounts: Mapping[str, Decimal]
    leads: Sequence[Lead]


def columns(actor: Actor, filters: LeadFilters, now: datetime) -> list[Column]:
    """The open leads of this person by stage, the largest first; retired stages only when leads
    stand there. The last stage is reached by closing, so nothing open stands there."""
    filters = replace(filters, stage="", status="open")
    narrowed = list(filters.conditions(actor, now))
    whose = [*readable_beyond(actor, filters), *narrowed]
    first = [*readable_beyond(actor, filters, first=True), *narrowed]
    counts: dict[str, int] = {}
    amounts: dict[str, dict[str, Decimal]] = {}
    totals = (
        select(Lead.stage, Lead.currency, func.count(), func.sum(Lead.amount)).where(*whose)
        .group_by(Lead.stage, Lead.currency)
    )
    for stage, currency, count, amount in db.session.execute(totals):
        counts[stage] = counts.get(stage, 0) + count
        if amount is not None:
            amounts.setdefault(stage, {})[currency] = Decimal(str(amount))
    stages = [each for each in stage_map() if each.active or counts.get(each.code)]
    return [
        Column(each, counts.get(each.code, 0), amounts.get(each.code, {}),
               _cards(first, each.code) if counts.get(each.code) else ())
        for each in stages
    ]


def _cards(whose: Sequence[Any], stage: str) -> Sequence[Lead]:
    query = (
        select(Lead).join(Lead.customer)
        .options(contains_eager(Lead.customer).load_only(Customer.name), joinedload(Lead.owner))
        .where(*whose, Lead.stage == stage)
    )
    return db.session.scalars(_ordered(query, rules.AMOUNT).limit(rules.CARDS)).all()


def views_of(actor: Actor) -> Sequence[SavedView]:
    """What this person keeps, by name."""
    query = select(SavedView).where(SavedView.person_id == actor.id).order_by(SavedView.name)
    return db.session.scalars(query.limit(rules.MOST_VIEWS)).all()
