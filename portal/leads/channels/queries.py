"""What each channel brought: counted in the database, two statements for each month."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import ColumnElement, case, func, select

from portal.core import clock
from portal.extensions import db
from portal.leads.channels.rules import Numbers, Row
from portal.leads.models import Lead
from portal.leads.months import Month
from portal.leads.queries.filters import LeadFilters
from portal.leads.rules import ABANDONED, LOST, OPEN, WON
from portal.leads.teams import readable_beyond
from portal.lists.queries import vocabulary
from portal.options.queries import value
from portal.people.rules import Actor

# Named one by one, so that an index by state and day serves.
CREATED, CLOSED = (OPEN, WON, LOST, ABANDONED), (WON, LOST, ABANDONED)


def review(actor: Actor, filters: LeadFilters, month: Month) -> list[Row]:
    """A row for each channel in use, and for a retired one that brought something, in the order
    of the list."""
    now = _numbers(actor, filters, month)
    before = _numbers(actor, filters, month.plus(-1))
    known = vocabulary()["channel"]
    codes = [*known, *(sorted({*now, *before} - {*known}))]
    rows = [Row(code, now.get(code, Numbers()), before.get(code, Numbers())) for code in codes]
    return [row for row in rows
            if (row.channel in known and known[row.channel].active)
            or not (row.now.is_empty and row.before.is_empty)]


def _numbers(actor: Actor, filters: LeadFilters, month: Month) -> dict[str, Numbers]:
    found: dict[str, Numbers] = {}
    _count_created(found, _where(actor, replace(filters, created=month.code), CREATED))
    _count_closed(found, _where(actor, replace(filters, closed=month.code), CLOSED))
    return found


def _where(
    actor: Actor, filters: LeadFilters, statuses: Sequence[str]
) -> list[ColumnElement[bool]]:
    asked = replace(filters, status="all").conditions(actor, clock.now())
    return [*readable_beyond(actor, filters), Lead.status.in_(statuses), *asked]


def _count_created(found: dict[str, Numbers], where: list[ColumnElement[bool]]) -> None:
    qualified = case((Lead.score >= value("scoring.qualified_from"), 1), else_=0)
    won = case((Lead.status == WON, 1), else_=0)
    query = (select(Lead.channel, func.count(), func.sum(qualified), func.sum(won))
             .where(*where).group_by(Lead.channel))
    for channel, count, good, wins in db.session.execute(query):
        numbers = found.setdefault(channel, Numbers())
        numbers.created, numbers.qualified, numbers.won_of_created = count, good, wins


def _count_closed(found: dict[str, Numbers], where: list[ColumnElement[bool]]) -> None:
    amount = func.coalesce(Lead.contract_amount, Lead.amount)
    query = (select(Lead.channel, Lead.currency, Lead.status, func.count(), func.sum(amount))
             .where(*where).group_by(Lead.channel, Lead.currency, Lead.status))
    for channel, currency, status, count, total in db.session.execute(query):
        numbers = found.setdefault(channel, Numbers())
        numbers.closed += count
        if status == WON:
            numbers.won += count
            if total is not None:
                numbers.amounts[currency] = Decimal(total)
