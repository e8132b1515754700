"""Counts of library health: each over what the reader may read, in one statement."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from portal.cases.health.slices import Scope, condition, month_of
from portal.cases.models import Case, Reuse
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor

Slice = tuple[str, str]


def counted(actor: Actor, scope: Scope, slices: Sequence[Slice]) -> tuple[int, list[int]]:
    """How many cases there are in the scope, and how many in each of these slices of it."""
    sums = [func.count().filter(condition(what, value, scope.today)) for what, value in slices]
    query = select(func.count(), *sums).select_from(Case).where(scope.holds(actor))
    total, *parts = db.session.execute(query).one()
    return total, list(parts)


def grouped(actor: Actor, scope: Scope, column: Any) -> dict[str, int]:
    """How many cases there are of each value of a column."""
    query = select(column, func.count()).where(scope.holds(actor)).group_by(column)
    return dict(row for row in db.session.execute(query))


def reuses_by_month(actor: Actor, scope: Scope, months: Sequence[str]) -> list[int]:
    """How often readable cases of the scope were reused in each of these months."""
    spans = [month_of(month) for month in months]
    sums = [func.count().filter(Reuse.reused_at >= begin, Reuse.reused_at < end)
            for begin, end in spans]
    query = (
        select(*sums).select_from(Reuse).join(Case, Case.id == Reuse.case_id)
        .where(Reuse.reused_at >= spans[0][0], scope.holds(actor))
    )
    return list(db.session.execute(query).one())


def overdue_owners(actor: Actor, scope: Scope) -> Sequence[Any]:
    """Owners of overdue cases by name: id, name, whether they left, how many. Never ranked."""
    overdue = condition("overdue", "", scope.today)
    query = (
        select(User.id, User.name, User.deactivated_at, func.count().label("cases"))
        .select_from(Case).join(User, User.id == Case.owner_id)
        .where(scope.holds(actor), *(() if overdue is None else (overdue,)))
        .group_by(User.id, User.name, User.deactivated_at).order_by(User.name, User.id)
    )
    return db.session.execute(query).all()
