"""Visits that took place: how many led to a case or were helped by one, and those that did not."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from portal.cases.health.slices import month_of
from portal.core import clock
from portal.extensions import db
from portal.leads.loop.queries.rate import linked_ids
from portal.people.models import User
from portal.people.rules import Actor
from portal.visits import rules
from portal.visits.models import Visit
from portal.visits.queries.reading import readable_by

PREFIX = "visit:"


def monthly(team_ids: frozenset[int] | None, months: Sequence[str]) -> Sequence[tuple[int, int]]:
    """For each month the visits that took place, and those of them with a case."""
    spans = [_took_place(team_ids, month) for month in months]
    every = select(*(select(func.count()).where(*span).scalar_subquery() for span in spans))
    # From the cases, which are fewer than the visits.
    linked = linked_ids(PREFIX).subquery()
    with_case = select(*(
        select(func.count()).select_from(linked).join(Visit, Visit.id == linked.c.id)
        .where(*span).scalar_subquery() for span in spans))
    counts = db.session.execute(every).one(), db.session.execute(with_case).one()
    return list(zip(*counts, strict=True))


def without_case(
    actor: Actor, team_ids: frozenset[int] | None, month: str | None
) -> Select[Visit]:
    """The visits behind the difference that the person may read, the newest first. Raises
    `ValueError` for what is no month."""
    return (
        select(Visit)
        .where(readable_by(actor), *_took_place(team_ids, month),
               Visit.id.not_in(linked_ids(PREFIX)))
        .order_by(Visit.day.desc(), Visit.id.desc())
    )


def _took_place(
    team_ids: frozenset[int] | None, month: str | None
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        Visit.kind == rules.VISIT, Visit.status == rules.REVIEWED]
    if month:
        first, after = _days_of(month)
        found += [Visit.day >= first, Visit.day < after]
    if team_ids is not None:
        theirs: Select[Any] = select(User.id).where(User.team_id.in_(team_ids))
        found.append(Visit.owner_id.in_(theirs))
    return found


def _days_of(month: str) -> tuple[date, date]:
    """Its first day, and the first of the next."""
    begin, end = month_of(month)
    return clock.local_day(begin), clock.local_day(end - timedelta(seconds=1)) + timedelta(days=1)
