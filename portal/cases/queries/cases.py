"""Cases as lists and one by one; every list starts from `visible_to`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.cases.models import Case, CaseTemplate, Solution, case_tags
from portal.cases.rules import LIVE, PRIVATE
from portal.core.text import block
from portal.extensions import db
from portal.lists.models import Term
from portal.people.models import User
from portal.people.rules import Actor

SORTS = ("newest", "updated", "used")


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """The rule `readable` as a condition on cases, archived ones included."""
    return or_(
        Case.owner_id == actor.id,
        and_(
            Case.confidence.not_in(PRIVATE),
            or_(
                Case.audience == "everyone",
                and_(Case.audience == "team", Case.team_id.in_(actor.reads_teams)),
                (Case.audience == "managers") if actor.is_manager else false(),
            ),
        ),
    )


def visible_to(actor: Actor) -> Select[Case]:
    """The cases a person may read, with what a list shows of each."""
    return (
        select(Case)
        .where(readable_by(actor))
        .options(joinedload(Case.owner), selectinload(Case.tags))
    )


@dataclass(frozen=True)
class Filters:
    """What a list of cases is narrowed to; empty means everything."""

    kind: str = ""
    stage: str = ""
    industry: str = ""
    product: str = ""
    region: str = ""
    tag: str = ""
    state: str = ""
    confidence: str = ""
    language: str = ""
    owner_id: int | None = None
    team_ids: Collection[int] | None = None
    sort: str = "newest"


def library(actor: Actor, filters: Filters, today: date) -> Select[Case]:
    """The case library as this person sees it. Drafts and archived cases only on request."""
    query = visible_to(actor)
    for name in ("kind", "stage", "industry", "product", "region", "state", "language"):
        if value := getattr(filters, name):
            query = query.where(getattr(Case, name) == value)
    if filters.tag:
        query = query.join(case_tags).join(Term).where(Term.code == filters.tag)
    query = query.where(_confidence(filters.confidence, today))
    if filters.owner_id is not None:
        query = query.where(Case.owner_id == filters.owner_id)
    if filters.team_ids is not None:
        query = query.where(Case.team_id.in_(filters.team_ids))
    order: dict[str, ColumnElement[Any]] = {
        "updated": Case.updated_at.desc(), "used": Case.used.desc(),
    }
    return query.order_by(order.get(filters.sort, Case.created_at.desc()), Case.id.desc())


def _confidence(word: str, today: date) -> ColumnElement[bool]:
    if word == "overdue":
        return and_(Case.confidence == "validated", Case.verified_until < today)
    if word:
        return Case.confidence == word
    return Case.confidence.in_(LIVE)


def contributed_by(user: User, actor: Actor) -> Mapping[str, int]:
    """How much a person gave, counted over what the reader may read; never a ranking."""
    mine = and_(readable_by(actor), Case.owner_id == user.id,
                Case.confidence.in_(LIVE))
    cases, helped, reused = db.session.execute(
        select(func.count(), func.coalesce(func.sum(Case.helped), 0),
               func.coalesce(func.sum(Case.reused), 0)).where(mine)
    ).one()
    solutions, accepted = db.session.execute(
        select(
            func.count(),
            func.count().filter(Case.accepted_id == Solution.id),
        )
        .select_from(Solution)
        .join(Case, Case.id == Solution.case_id)
        .where(readable_by(actor), Solution.author_id == user.id,
               Solution.withdrawn_at.is_(None))
    ).one()
    return {"cases": cases, "helped": helped, "reused": reused, "solutions": solutions,
            "accepted": accepted}


def lines_by_ids(
    actor: Actor, ids: Collection[int], *, with_body: bool = False
) -> Sequence[Any]:
    """What a list shows of each of these cases, as far as the person may read them: columns, as
    whole records take three times as long."""
    if not ids:
        return []
    query = (
        select(Case.id, Case.ref, Case.kind, Case.title, Case.byline, Case.created_at, Case.state,
               Case.confidence, Case.verified_until, User.name.label("owner"))
        .join(Case.owner)
        .where(readable_by(actor), Case.id.in_(ids))
    )
    return db.session.execute(query.add_columns(Case.body) if with_body else query).all()


def tags_of(ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The wordings of the tags of cases that the person may read."""
    found: dict[int, tuple[str, ...]] = {}
    if ids:
        query = (
            select(case_tags.c.case_id, Term.label_zh).join(Term)
            .where(case_tags.c.case_id.in_(ids)).order_by(Term.label_zh)
        )
        for case_id, label in db.session.execute(query):
            found[case_id] = (*found.get(case_id, ()), label)
    return found


def by_ref(ref: str) -> Case | None:
    return db.session.scalar(select(Case).where(Case.ref == ref))


def case_template(kind: str, language: str) -> str:
    """What the form of this kind starts with."""
    query = select(CaseTemplate.body).where(
        CaseTemplate.kind == kind, CaseTemplate.language == language
    )
    return db.session.scalar(query) or ""


def own_words(kind: str, body: str) -> str:
    """What somebody wrote beside the template of the kind: the lines that no template has."""
    query = select(CaseTemplate.body).where(CaseTemplate.kind == kind)
    given = {line.strip() for text in db.session.scalars(query) for line in text.splitlines()}
    return block("\n".join(line for line in block(body).split("\n") if line.strip() not in given))


def popular_tags(actor: Actor, limit: int = 200) -> list[str]:
    """The wordings most used, for completion in the form; of the cases that the person may read,
    and those that no case has yet."""
    used = (
        select(case_tags.c.term_id, func.count().label("times"))
        .group_by(case_tags.c.term_id).subquery()
    )
    query = (
        select(Term.label_zh)
        .outerjoin(used, used.c.term_id == Term.id)
        .where(Term.list == "tag", Term.active, _met_by(actor))
        .order_by(func.coalesce(used.c.times, 0).desc(), Term.label_zh)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def tag_words(actor: Actor, codes: Collection[str]) -> dict[str, str]:
    """The wordings of these tags by their code.

    A person must not even learn that a tag of hidden cases exists: it is missing, like one that
    nobody ever used.
    """
    query = select(Term.code, Term.label_zh).where(
        Term.list == "tag", Term.code.in_(set(codes)), _met_by(actor)
    )
    return dict(row for row in db.session.execute(query))


def _met_by(actor: Actor) -> ColumnElement[bool]:
    """Tags of a case that the person may read, or of none yet; looks no further than the first."""
    of_tag = case_tags.c.term_id == Term.id
    readable = exists().where(of_tag, Case.id == case_tags.c.case_id, readable_by(actor))
    return or_(readable, ~exists().where(of_tag))
