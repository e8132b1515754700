"""Reads of people and teams."""

from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.people.models import SignIn, Team, User
from portal.people.rules import Actor, TeamPlace, TeamTree


def team_tree() -> TeamTree:
    """The whole tree; a department has at most some hundred teams."""
    rows = db.session.execute(select(Team.id, Team.parent_id, Team.leader_id))
    return TeamTree(TeamPlace(*row) for row in rows)


def actor_for(user: User) -> Actor:
    """The person as the rules see them."""
    return Actor(user.id, user.role, user.team_id, team_tree())


def user_by_login(login: str) -> User | None:
    return db.session.scalar(select(User).where(User.login == login.strip().lower()))


def live_sign_in(token_digest: str, now: datetime) -> SignIn | None:
    """The sign-in behind a cookie, with its active person; None when it ended or ran out."""
    return db.session.scalar(
        select(SignIn)
        .join(SignIn.user)
        .options(joinedload(SignIn.user))
        .where(
            SignIn.token_digest == token_digest,
            SignIn.ended_at.is_(None),
            SignIn.expires_at > now,
            User.deactivated_at.is_(None),
        )
    )


def sign_ins_of(user: User, now: datetime) -> Select[tuple[SignIn]]:
    """Where a person is signed in now, newest first."""
    return (
        select(SignIn)
        .where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
        .order_by(SignIn.id.desc())
    )


def people(
    text: str = "", *, team_ids: frozenset[int] | None = None, role: str = "",
    include_left: bool = False,
) -> Select[tuple[User]]:
    """People by name, login or job title; who left only on request."""
    query = select(User).options(joinedload(User.team)).order_by(User.name, User.id)
    if not include_left:
        query = query.where(User.deactivated_at.is_(None))
    if text:
        needle = f"%{text.strip().lower()}%"
        query = query.where(
            or_(
                func.lower(User.name).like(needle),
                User.login.like(needle),
                func.lower(User.job_title).like(needle),
            )
        )
    if team_ids is not None:
        query = query.where(User.team_id.in_(team_ids))
    if role:
        query = query.where(User.role == role)
    return query


def teams() -> Select[tuple[Team]]:
    """Every team with its leader, by name."""
    return select(Team).options(joinedload(Team.leader)).order_by(Team.name)


def head_counts() -> dict[int, int]:
    """Active people directly in each team."""
    rows = db.session.execute(
        select(User.team_id, func.count())
        .where(User.deactivated_at.is_(None), User.team_id.is_not(None))
        .group_by(User.team_id)
    )
    return {team_id: count for team_id, count in rows if team_id is not None}
