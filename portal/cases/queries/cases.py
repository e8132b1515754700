"""Cases as lists and one by one; every list starts from `visible_to`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.cases import rules
from portal.cases.models import Case, CaseTemplate, Solution, case_tags
from portal.cases.rules import LIVE, PRIVATE
from portal.core.text import block
from portal.extensions import db
from portal.lists.models import Term
from portal.people.models import User
from portal.people.rules import Actor

SORTS = ("newest", "updated", "used")
Reader = tuple[int, frozenset[int], bool]


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """The rule `readable` as a condition on cases, archived ones included."""
    return readable(reader_of(actor))


def reads(actor: Actor, case: Case) -> bool:
    """The same of one case."""
    return rules.readable(
        audience=case.audience, confidence=case.confidence, owner_id=case.owner_id,
        team_id=case.team_id, reader_id=actor.id, reader_teams=actor.reads_teams,
        reader_is_manager=actor.is_manager,
    )


def reader_of(actor: Actor) -> Reader:
    """All that this rule asks of a person."""
    return actor.id, actor.reads_teams, actor.is_manager


# Putting a condition together takes longer than much that is asked with it.
@lru_cache(maxsize=256)
def readable(reader: Reader) -> ColumnElement[bool]:
    """The same, for statements that are kept."""
    person_id, teams, is_manager = reader
    return or_(
        Case.owner_id == person_id,
        and_(
            Case.confidence.not_in(PRIVATE),
            or_(
                Case.audience == "everyone",
                and_(Case.audience == "team", Case.team_id.in_(teams)),
                (Case.audience == "managers") if is_manager else false(),
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
        .where(Term.list == "tag", Term.active, met_by(reader_of(actor)))
        .order_by(func.coalesce(used.c.times, 0).desc(), Term.label_zh)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def met_by(reader: Reader) -> ColumnElement[bool]:
    """Tags of a case that the person may read, or of none yet; looks no further than the first.

    A person must not even learn that a tag of hidden cases exists: it is missing, like one that
    nobody ever used.
    """
    of_tag = case_tags.c.term_id == Term.id
    met = exists().where(of_tag, Case.id == case_tags.c.case_id, readable(reader))
    return or_(met, ~exists().where(of_tag))
