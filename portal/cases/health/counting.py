"""Counts of library health: each over what the reader may read, in one statement."""

from collections.abc import Sequence
from typing import Any

from flask import g
from sqlalchemy import ColumnElement, func, literal_column, select, text
from sqlalchemy import case as when

from portal.cases.health.slices import AGES, Scope, condition, month_of
from portal.cases.models import Case, Reuse
from portal.cases.rules import SOURCES
from portal.core.i18n import LANGUAGES
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor

Slice = tuple[str, str]
STATES = ("current", "overdue", "not_validated", "changed", "flagged", "in_vain", "untagged")
SLICES: tuple[Slice, ...] = (
    *((state, "") for state in STATES),
    *(("unanswered", age) for age in AGES),
    *(("language", code) for code in LANGUAGES),
    *(("source", code) for code in SOURCES),
)


def counted(actor: Actor, scope: Scope) -> dict[Slice, int]:
    """How many cases each slice of the scope holds, and ("all", ""); all of them in one look,
    kept for the request: reading the cases takes longer than counting them."""
    kept: dict[tuple[int, Scope], dict[Slice, int]] = g.setdefault("health_counts", {})
    key = (actor.id, scope)
    if key not in kept:
        sums = [func.count().filter(found) for what, value in SLICES
                if (found := condition(what, value, scope.today)) is not None]
        query = select(func.count(), *sums).select_from(Case).where(scope.holds(actor))
        numbers = db.session.execute(query).one()
        kept[key] = dict(zip((("all", ""), *SLICES), numbers, strict=True))
    return kept[key]


def created_by_month(actor: Actor, scope: Scope, months: Sequence[str]) -> list[int]:
    """How many cases of the scope were written in each of these months, in their order."""
    month = _month(Case.created_at, months)
    query = select(month, func.count()).where(scope.holds(actor), _since(Case.created_at, months))
    return _in_order(query.group_by(text("month")), months)


def reuses_by_month(actor: Actor, scope: Scope, months: Sequence[str]) -> list[int]:
    """How often readable cases of the scope were reused in each of these months."""
    month = _month(Reuse.reused_at, months)
    query = (
        select(month, func.count()).select_from(Reuse).join(Case, Case.id == Reuse.case_id)
        .where(scope.holds(actor), _since(Reuse.reused_at, months))
    )
    return _in_order(query.group_by(text("month")), months)


def _month(column: Any, months: Sequence[str]) -> ColumnElement[str]:
    """The month of a moment; databases count months in zones of their own. Grouped by its name:
    PostgreSQL takes the same words with other parameters for another expression."""
    begun: list[Any] = [(column >= month_of(month)[0], literal_column(f"'{month}'"))
                        for month in reversed(months)]
    return when(*begun, else_=literal_column("''")).label("month")


def _since(column: Any, months: Sequence[str]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column >= month_of(months[0])[0]
    return found


def _in_order(query: Any, months: Sequence[str]) -> list[int]:
    found = dict(tuple(row) for row in db.session.execute(query))
    return [found.get(month, 0) for month in months]


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
