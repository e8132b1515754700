"""Reads of the tree of teams."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.people.models import Team, User
from portal.people.rules import TeamPlace, TeamTree


@dataclass
class TeamNode:
    """A team in its place: the people directly in it, and those in it or below it."""

    team: Team
    people: int = 0
    people_below: int = 0
    children: list["TeamNode"] = field(default_factory=list)


def team_tree() -> TeamTree:
    """The whole tree; a department has at most some hundred teams.

    A leader who left leads no longer, so their people belong to the next leader above.
    """
    return TeamTree(TeamPlace(*row) for row in db.session.execute(_PLACES))


# Every page asks it, and putting it together takes longer than the answer.
_PLACES = select(
    Team.id, Team.parent_id, case((User.deactivated_at.is_(None), Team.leader_id))
).outerjoin(User, User.id == Team.leader_id)


def teams() -> Select[Team]:
    """Every team with its leader, by name."""
    return select(Team).options(joinedload(Team.leader)).order_by(Team.name)


def teams_with_ids(ids: Collection[int]) -> Select[Team]:
    return select(Team).where(Team.id.in_(ids))


def teams_below(team: Team) -> list[Team]:
    """The teams directly below, by name."""
    return list(db.session.scalars(
        select(Team).where(Team.parent_id == team.id).order_by(Team.name)
    ))


def team_forest() -> list[TeamNode]:
    """Every team under its parent, with head counts; in two statements."""
    counts = head_counts()
    nodes = {
        team.id: TeamNode(team, counts.get(team.id, 0)) for team in db.session.scalars(teams())
    }
    top: list[TeamNode] = []
    for node in nodes.values():
        parent = nodes.get(node.team.parent_id or 0)
        (parent.children if parent is not None else top).append(node)
    for node in top:
        _add_up(node)
    return top


def _add_up(node: TeamNode) -> int:
    node.people_below = node.people + sum(_add_up(child) for child in node.children)
    return node.people_below


def teams_with_depth() -> list[tuple[int, Team]]:
    """Every team with its depth, parents before children: for choosing one."""
    return list(_walk(team_forest(), 0))


def _walk(nodes: Iterable[TeamNode], depth: int) -> Iterator[tuple[int, Team]]:
    for node in nodes:
        yield depth, node.team
        yield from _walk(node.children, depth + 1)


def head_counts() -> dict[int, int]:
    """Active people directly in each team."""
    rows = db.session.execute(
        select(User.team_id, func.count())
        .where(User.deactivated_at.is_(None), User.team_id.is_not(None))
        .group_by(User.team_id)
    )
    return {team_id: count for team_id, count in rows if team_id is not None}


def left_in(team: Team) -> int:
    """How many people who left stand in this team."""
    query = select(func.count()).where(User.team_id == team.id, User.deactivated_at.is_not(None))
    return db.session.scalar(query) or 0


def leader_candidates(team: Team | None) -> list[User]:
    """Who may lead: the team's own people, managers and administrators, and who leads it now."""
    fits: list[ColumnElement[bool]] = [User.role.in_(("manager", "admin"))]
    if team is not None:
        fits += [User.team_id == team.id, User.id == team.leader_id]
    query = select(User).where(User.deactivated_at.is_(None), or_(*fits))
    return list(db.session.scalars(query.order_by(User.name, User.id)))


def led_directly_by(user: User) -> list[Team]:
    return list(db.session.scalars(
        select(Team).where(Team.leader_id == user.id).order_by(Team.name)
    ))
