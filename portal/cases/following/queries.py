"""Reads of who follows what, and of what a person keeps at hand."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select

from portal.cases import rules
from portal.cases.following import targets
from portal.cases.following.models import Follow
from portal.cases.models import Case, Comment, Solution
from portal.extensions import db
from portal.people.models import User
from portal.people.queries.teams import team_tree
from portal.people.rules import Actor


def followers_of(case: Case) -> set[int]:
    """Ids of the active people who follow the case, its tags, stage, industry, product or
    region, and may read it."""
    return following(case, targets.around(case))


def following(case: Case, wanted: Collection[str]) -> set[int]:
    """Those of them who follow one of these targets."""
    query = (
        select(User.id, User.role, User.team_id)
        .join(Follow, Follow.person_id == User.id)
        .where(Follow.target.in_(wanted), Follow.ended_at.is_(None),
               User.deactivated_at.is_(None))
        .distinct()
    )
    return _readers(case, db.session.execute(query))


def stopped(case: Case) -> set[int]:
    """Who said that they want to hear no more of the case."""
    query = select(Follow.person_id).where(
        Follow.target == targets.of_case(case), Follow.ended_at.is_not(None)
    )
    return set(db.session.scalars(query))


def talking_in(case: Case) -> set[int]:
    """Whose case it is, and who wrote the solutions and comments that stand under it."""
    people = {case.owner_id}
    for model in (Solution, Comment):
        query = select(model.author_id).where(
            model.case_id == case.id, model.withdrawn_at.is_(None)
        )
        people |= set(db.session.scalars(query.distinct()))
    return people


def readers_among(case: Case, people: Collection[int]) -> set[int]:
    """Those of these people who work here and may read the case."""
    if not people:
        return set()
    query = select(User.id, User.role, User.team_id).where(
        User.id.in_(people), User.deactivated_at.is_(None)
    )
    return _readers(case, db.session.execute(query))


def _readers(case: Case, people: Iterable[Any]) -> set[int]:
    tree = team_tree()
    actors = (Actor(person.id, person.role, person.team_id, tree) for person in people)
    return {actor.id for actor in actors if may_read(actor, case)}


def may_read(reader: Actor, case: Case) -> bool:
    """The rule of the library, for somebody who is not asking."""
    return rules.readable(
        audience=case.audience, confidence=case.confidence, owner_id=case.owner_id,
        team_id=case.team_id, reader_id=reader.id, reader_teams=reader.reads_teams,
        reader_is_manager=reader.is_manager,
    )
