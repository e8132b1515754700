"""What a person follows, as a list; and what somebody new may want to follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select, true

from portal.cases.following.models import Follow
from portal.cases.following.offers import Offer, labels, offers
from portal.cases.models import Case
from portal.cases.queries.cases import readable_by
from portal.cases.rules import LIVE
from portal.core.paging import Page
from portal.extensions import db
from portal.people.rules import Actor

MOST_SUGGESTED = 4


@dataclass(frozen=True)
class Line:
    """One thing that the person follows, and since when."""

    offer: Offer
    since: datetime


def follows_of(actor: Actor, sort: str) -> Select[Follow]:
    """What the person follows, newest first; `sort` is "case", "subject" or empty for all."""
    query = (
        select(Follow)
        .where(Follow.person_id == actor.id, Follow.ended_at.is_(None))
        .order_by(Follow.created_at.desc(), Follow.target)
    )
    a_case = Follow.target.startswith("case:")
    return query.where(a_case if sort == "case" else ~a_case) if sort else query


def lines(actor: Actor, page: Page[Follow]) -> list[Line]:
    """A page of it in words."""
    names = labels(actor, [follow.target for follow in page.items])
    return [
        Line(Offer(follow.target, names.get(follow.target, ""), True), follow.created_at)
        for follow in page.items
    ]


def suggested(actor: Actor) -> list[Offer]:
    """The products and industries that most cases of one's team are about; without a team, of
    all that one may read."""
    found: list[str] = []
    for field in ("product", "industry"):
        found += [f"{field}:{code}" for code in _most_used(actor, field)]
    return [offer for offer in offers(actor, found) if offer.label and not offer.on]


def _most_used(actor: Actor, field: str) -> Sequence[str]:
    column = getattr(Case, field)
    teams = actor.tree.upward(actor.team_id)
    ours = or_(Case.team_id.in_(teams), Case.owner_id == actor.id) if teams else true()
    query = (
        select(column)
        .where(and_(readable_by(actor), Case.confidence.in_(LIVE), column.is_not(None), ours))
        .group_by(column).order_by(func.count().desc(), column).limit(MOST_SUGGESTED)
    )
    return db.session.scalars(query).all()
