"""Reads of people and of where they are signed in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from portal.core.text import folded
from portal.extensions import db
from portal.people.models import SignIn, Team, User
from portal.people.queries.teams import team_tree
from portal.people.roster.verdicts import Account, Present
from portal.people.rules import Actor

STATES = ("active", "waiting", "left")


@dataclass(frozen=True)
class PeopleFilter:
    """Which people a list shows: part of a name, a role, teams, and one of `STATES`.

    `waiting` are those who have not chosen their own password yet. Logins are searched on an
    administrator's lists alone. `no_team` wins over `team_ids`.
    """

    text: str = ""
    role: str = ""
    team_ids: Collection[int] | None = None
    no_team: bool = False
    state: str = "active"
    by_login: bool = False


def actor_for(user: User) -> Actor:
    """The person as the rules see them."""
    return Actor(user.id, user.role, user.team_id, team_tree())


def user_by_login(login: str) -> User | None:
    return db.session.scalar(select(User).where(User.login == login.strip().lower()))


def users_by_login(logins: Iterable[str]) -> dict[str, User]:
    """The accounts with these logins, in few statements however many they are."""
    wanted, found = list(logins), {}
    # Databases limit the values of one statement.
    for start in range(0, len(wanted), 500):
        query = select(User).where(User.login.in_(wanted[start : start + 500]))
        found.update({user.login: user for user in db.session.scalars(query)})
    return found


def people_with_ids(ids: Collection[int]) -> list[User]:
    return list(db.session.scalars(select(User).where(User.id.in_(ids)).order_by(User.name)))


def accounts() -> Present:
    """Everybody and every team, as plain values for the rehearsal of a roster."""
    columns = (User.login, User.name, User.role, Team.name, User.job_title, User.email,
               User.joined_on)
    rows = db.session.execute(select(User.deactivated_at, *columns).outerjoin(User.team)).all()
    return Present(
        active={row[1]: Account(*row[1:]) for row in rows if row[0] is None},
        left=frozenset(row[1] for row in rows if row[0] is not None),
        teams=tuple(db.session.scalars(select(Team.name))),
    )


# Every page asks it, and putting it together takes longer than the answer.
_LIVE_SIGN_IN = (
    select(SignIn)
    .join(SignIn.user)
    .options(joinedload(SignIn.user))
    .where(
        SignIn.token_digest == bindparam("digest"),
        SignIn.ended_at.is_(None),
        SignIn.expires_at > bindparam("now"),
        User.deactivated_at.is_(None),
    )
)


def live_sign_in(token_digest: str, now: datetime) -> SignIn | None:
    """The sign-in behind a cookie, with its active person; None when it ended or ran out."""
    return db.session.scalar(_LIVE_SIGN_IN, {"digest": token_digest, "now": now})


def sign_ins_of(user: User, now: datetime) -> Select[SignIn]:
    """Where a person is signed in now, newest first."""
    return (
        select(SignIn)
        .where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
        .order_by(SignIn.id.desc())
    )


def people(wanted: PeopleFilter) -> Select[User]:
    """The people that the filter lets through, with their teams, by name."""
    query = select(User).options(joinedload(User.team)).order_by(User.name, User.id)
    query = query.where(_in_state(wanted.state))
    if text := folded(wanted.text):
        query = query.where(or_(*_holding(text, wanted.by_login)))
    if wanted.role:
        query = query.where(User.role == wanted.role)
    if wanted.no_team:
        query = query.where(User.team_id.is_(None))
    elif wanted.team_ids is not None:
        query = query.where(User.team_id.in_(wanted.team_ids))
    return query


def _in_state(state: str) -> ColumnElement[bool]:
    if state == "left":
        return User.deactivated_at.is_not(None)
    if state == "waiting":
        return User.deactivated_at.is_(None) & User.must_change_password
    return User.deactivated_at.is_(None)


def _holding(text: str, by_login: bool) -> list[ColumnElement[bool]]:
    places = [
        func.lower(User.name).contains(text, autoescape=True),
        func.lower(User.job_title).contains(text, autoescape=True),
    ]
    if by_login:
        places.append(User.login.contains(text, autoescape=True))
        places.append(func.lower(User.email).contains(text, autoescape=True))
    return places
