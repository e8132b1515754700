"""What waits for those who vouch: the review queue, its counts, and the next one in it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from portal.cases.models import Case, Flag
from portal.cases.queries.cases import readable_by, visible_to
from portal.cases.queries.waiting import NOT_VALIDATED
from portal.cases.rules import LIVE
from portal.cases.trust.queries.leading import vouched_by
from portal.cases.trust.rules import MOST_IN_VAIN
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor

TABS = ("new", "flagged", "overdue", "changed", "in_vain")


@dataclass(frozen=True)
class Narrowed:
    """What the queue is narrowed to; empty means everything."""

    kind: str = ""
    owner_id: int | None = None
    team_ids: Collection[int] | None = None


def flagged() -> ColumnElement[bool]:
    """Cases with an open flag; the open ones are few and found by their index."""
    return Case.id.in_(select(Flag.case_id).where(Flag.resolved_at.is_(None)))


def waits(tab: str, today: date) -> ColumnElement[bool]:
    """What a tab of the queue holds. Problems are answered, not vouched for."""
    conditions: dict[str, ColumnElement[bool]] = {
        "new": and_(NOT_VALIDATED, Case.kind != "problem"),
        "flagged": and_(Case.confidence.in_(LIVE), flagged()),
        "overdue": and_(Case.confidence == "validated", Case.verified_until < today),
        "changed": and_(Case.confidence == "validated",
                        Case.revision > Case.validated_revision),
        "in_vain": and_(Case.confidence.in_(LIVE), Case.not_helped >= MOST_IN_VAIN),
    }
    return conditions[tab]


def _waited_since(tab: str) -> ColumnElement[Any]:
    """By what the oldest comes first."""
    raised = (
        select(func.min(Flag.created_at))
        .where(Flag.case_id == Case.id, Flag.resolved_at.is_(None)).scalar_subquery()
    )
    columns: dict[str, Any] = {
        "flagged": func.coalesce(raised, Case.created_at), "overdue": Case.verified_until,
        "changed": Case.updated_at,
    }
    order: ColumnElement[Any] = columns.get(tab, Case.created_at)
    return order


def _mine(query: Any, actor: Actor, narrowed: Narrowed) -> Any:
    query = query.join(User, User.id == Case.owner_id).where(vouched_by(actor))
    if narrowed.kind:
        query = query.where(Case.kind == narrowed.kind)
    if narrowed.owner_id is not None:
        query = query.where(Case.owner_id == narrowed.owner_id)
    if narrowed.team_ids is not None:
        query = query.where(User.team_id.in_(narrowed.team_ids))
    return query


def queue(actor: Actor, tab: str, narrowed: Narrowed, today: date) -> Select[Case]:
    """The cases of one tab, what has waited longest first."""
    query = _mine(visible_to(actor), actor, narrowed).where(waits(tab, today))
    return query.order_by(_waited_since(tab), Case.id)


def counts(actor: Actor, narrowed: Narrowed, today: date) -> dict[str, int]:
    """How many wait in each tab."""
    sums = [func.count().filter(waits(tab, today)) for tab in TABS]
    query = _mine(select(*sums).select_from(Case), actor, narrowed)
    row = db.session.execute(query.where(readable_by(actor), Case.confidence.in_(LIVE))).one()
    return dict(zip(TABS, row, strict=True))


def after(
    actor: Actor, tab: str, narrowed: Narrowed, today: date, case: Case
) -> int | None:
    """The case that stands in the queue behind this one, as it stands now."""
    order = _waited_since(tab)
    here = db.session.scalar(select(order).select_from(Case).where(Case.id == case.id))
    behind = or_(order > here, and_(order == here, Case.id > case.id))
    query = _mine(select(Case.id), actor, narrowed).where(
        readable_by(actor), waits(tab, today), Case.id != case.id, behind
    )
    found: int | None = db.session.scalar(query.order_by(order, Case.id).limit(1))
    return found


def owners(actor: Actor) -> list[tuple[int, str]]:
    """Whose cases this person vouches for, by name, for the filter."""
    # Looks no further than each owner's first case.
    found = exists().where(Case.owner_id == User.id, vouched_by(actor), readable_by(actor),
                           Case.confidence.in_(LIVE)).correlate(User)
    rows = db.session.execute(select(User.id, User.name).where(found).order_by(User.name, User.id))
    return [(user_id, name) for user_id, name in rows]
