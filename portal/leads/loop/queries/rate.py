"""The link rate (K13): how many deals that ended led to a case, or were helped by one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, func, or_, select

from portal.cases.health.slices import month_of
from portal.cases.models import Case, Reuse
from portal.cases.rules import PRIVATE
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.queries.leads import visible_to
from portal.leads.rules import ABANDONED, LOST, WON
from portal.people.models import User
from portal.people.rules import Actor

CLOSED = (WON, LOST, ABANDONED)
PREFIX = "lead:"


def linked_ids(prefix: str) -> tuple[Select[Any], Select[Any]]:
    """The ids of the records ("lead:7" is 7) that a published case comes from, and of those that
    one was used for."""
    def number(column: Any) -> ColumnElement[int]:
        return cast(func.substr(column, len(prefix) + 1), Integer)

    def of_prefix(column: Any) -> ColumnElement[bool]:
        # As a span, so that the index answers.
        found: ColumnElement[bool] = (column >= prefix) & (column < prefix[:-1] + ";")
        return found

    given = select(number(Case.source_ref)).where(
        of_prefix(Case.source_ref), Case.confidence.not_in(PRIVATE))
    used = select(number(Reuse.source_ref)).where(of_prefix(Reuse.source_ref))
    return given, used


def deals_by_month(
    team_ids: frozenset[int] | None, months: Sequence[str]
) -> list[tuple[int, int]]:
    """For each month the deals that ended in it, and those of them with a case."""
    linked = func.count().filter(_has_case())
    found = []
    for begin, end in map(month_of, months):
        query = select(func.count(), linked).select_from(Lead).where(
            *_ended(team_ids, begin, end))
        every, with_case = db.session.execute(query).one()
        found.append((every, with_case))
    return found


def without_case(
    actor: Actor, team_ids: frozenset[int] | None, month: str | None
) -> Select[tuple[Lead]]:
    """The deals behind the difference that the person may read, the newest first. Raises
    `ValueError` for what is no month."""
    query = visible_to(actor).where(~_has_case())
    span = month_of(month) if month else None
    query = query.where(*_ended(team_ids, *(span or (None, None))))
    return query.order_by(Lead.closed_at.desc(), Lead.id.desc())


def _ended(
    team_ids: frozenset[int] | None, begin: datetime | None, end: datetime | None
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Lead.status.in_(CLOSED)]
    if begin is not None and end is not None:
        found += [Lead.closed_at >= begin, Lead.closed_at < end]
    if team_ids is not None:
        found.append(Lead.owner_id.in_(select(User.id).where(User.team_id.in_(team_ids))))
    return found


def _has_case() -> ColumnElement[bool]:
    return or_(*(Lead.id.in_(ids) for ids in linked_ids(PREFIX)))
