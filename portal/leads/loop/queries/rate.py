"""The link rate (K13): how many deals that ended led to a case, or were helped by one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    cast,
    func,
    literal_column,
    select,
    text,
    union,
)
from sqlalchemy import case as when

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


def linked_ids(prefix: str) -> Select[Any]:
    """The ids of the records ("lead:7" is 7) that a published case comes from, or that one was
    used for; each once."""
    def number(column: Any) -> ColumnElement[int]:
        return cast(func.substr(column, len(prefix) + 1), Integer)

    def of_prefix(column: Any) -> ColumnElement[bool]:
        # As a span, so that the index answers; ";" is the sign after ":".
        found: ColumnElement[bool] = (column >= prefix) & (column < f"{prefix[:-1]};")
        return found

    given = select(number(Case.source_ref).label("id")).where(
        of_prefix(Case.source_ref), Case.confidence.not_in(PRIVATE))
    used = select(number(Reuse.source_ref)).where(of_prefix(Reuse.source_ref))
    return select(union(given, used).subquery().c.id)


def deals_by_month(
    team_ids: frozenset[int] | None, months: Sequence[str]
) -> list[tuple[int, int]]:
    """For each month the deals that ended in it, and those of them with a case."""
    spans = [_ended(team_ids, *month_of(month)) for month in months]
    every = select(*(select(func.count()).where(*span).scalar_subquery() for span in spans))
    # From the cases, which are fewer than the deals.
    linked = linked_ids(PREFIX).subquery()
    label = _month(months)
    with_case = (
        select(label, func.count()).select_from(linked).join(Lead, Lead.id == linked.c.id)
        .where(*_ended(team_ids, month_of(months[0])[0], month_of(months[-1])[1]))
        .group_by(text("month"))
    )
    found = {row[0]: row[1] for row in db.session.execute(with_case)}
    return [(count, found.get(month, 0))
            for month, count in zip(months, db.session.execute(every).one(), strict=True)]


def _month(months: Sequence[str]) -> ColumnElement[str]:
    """The month in which a deal ended; databases count months in zones of their own."""
    begun: list[Any] = [(Lead.closed_at >= month_of(month)[0], literal_column(f"'{month}'"))
                        for month in reversed(months)]
    return when(*begun, else_=literal_column("''")).label("month")


def without_case(
    actor: Actor, team_ids: frozenset[int] | None, month: str | None
) -> Select[Lead]:
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
    return Lead.id.in_(linked_ids(PREFIX))
