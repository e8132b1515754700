"""What is done with people and teams; each action is one use case."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.people import passwords, queries
from portal.people.events import PersonDeactivated, PersonRenamed
from portal.people.models import SignIn, Team, User
from portal.people.rules import LOGIN, ROLES, Actor, password_problem

PASSWORD_PROBLEMS = {
    "short": _l("A password needs at least 10 characters."),
    "long": _l("A password may have at most 200 characters."),
    "login": _l("The password must not contain the login."),
    "plain": _l("The password repeats too few different characters."),
}


@dataclass(frozen=True)
class PersonFacts:
    """What an administrator enters about a person."""

    login: str
    name: str
    role: str = "rep"
    team_id: int | None = None
    email: str | None = None
    job_title: str | None = None
    joined_on: date | None = None


def add_person(actor_id: int | None, facts: PersonFacts, now: datetime) -> tuple[User, str]:
    """A new account and its first password, shown once. Raises `Refused` for a login in use."""
    password = passwords.generated()
    return open_account(actor_id, facts, passwords.hashed(password), now), password


def open_account(
    actor_id: int | None, facts: PersonFacts, password_hash: str, now: datetime
) -> User:
    """A new account whose password is known already, and must be changed at the first sign-in."""
    _check(facts)
    user = User(
        password_hash=password_hash, must_change_password=True, created_at=now, **_columns(facts)
    )
    db.session.add(user)
    # The audit entry names the new id.
    db.session.flush()
    audit.record(actor_id, "person.added", f"user:{user.id}", now, login=user.login,
                 role=user.role)
    return user


def change_person(actor: Actor, user: User, facts: PersonFacts, now: datetime) -> None:
    """New facts; a changed role is audited, the last administrator stays one."""
    _check(facts, user)
    if user.role == "admin" and facts.role != "admin":
        _keep_an_administrator(user)
    before = {name: getattr(user, name) for name in _columns(facts)}
    for name, value in _columns(facts).items():
        setattr(user, name, value)
    changed = {
        name: [_plain(before[name]), _plain(value)]
        for name, value in _columns(facts).items()
        if before[name] != value
    }
    if changed:
        audit.record(actor.id, "person.changed", f"user:{user.id}", now, **changed)
    if "name" in changed:
        publish(PersonRenamed(user.id))


def deactivate_person(actor: Actor, user: User, now: datetime) -> None:
    """Sign-in stops and every session ends; what the person wrote stays."""
    if user.id == actor.id:
        raise Refused(_l("You cannot deactivate your own account."))
    _keep_an_administrator(user)
    if user.deactivated_at is None:
        user.deactivated_at = now
        end_sign_ins(user, now)
        audit.record(actor.id, "person.deactivated", f"user:{user.id}", now)
        publish(PersonDeactivated(user.id))


def reactivate_person(actor: Actor, user: User, now: datetime) -> None:
    """The account works again, with its old password."""
    if user.deactivated_at is not None:
        user.deactivated_at = None
        audit.record(actor.id, "person.reactivated", f"user:{user.id}", now)


def reset_password(actor_id: int | None, user: User, now: datetime) -> str:
    """A new first password, shown once; every session of the person ends."""
    password = passwords.generated()
    user.password_hash = passwords.hashed(password)
    user.must_change_password = True
    end_sign_ins(user, now)
    audit.record(actor_id, "person.password_reset", f"user:{user.id}", now)
    return password


def change_password(user: User, current: str, new: str, now: datetime, keep: SignIn) -> None:
    """The person's own change; other places where they are signed in are ended."""
    if not passwords.matches(user.password_hash, current):
        raise Refused(_l("The current password is not right."))
    problem = password_problem(new, user.login)
    if problem:
        raise Refused(PASSWORD_PROBLEMS[problem])
    if passwords.matches(user.password_hash, new):
        raise Refused(_l("The new password must differ from the current one."))
    user.password_hash = passwords.hashed(new)
    user.must_change_password = False
    end_sign_ins(user, now, keep=keep)
    audit.record(user.id, "person.password_changed", f"user:{user.id}", now)


def sign_in(user: User, device: str, lifetime: timedelta, now: datetime) -> str:
    """Begin a session; the answer is the secret that the cookie carries."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignIn(
            user_id=user.id, token_digest=digest(token), created_at=now,
            expires_at=now + lifetime, device=device[:200],
        )
    )
    audit.record(user.id, "person.signed_in", f"user:{user.id}", now)
    return token


def end_sign_ins(user: User, now: datetime, keep: SignIn | None = None) -> None:
    """Sign the person out everywhere, or everywhere but one place."""
    query = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    if keep is not None:
        query = query.where(SignIn.id != keep.id)
    db.session.execute(query.values(ended_at=now))


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def save_team(
    actor_id: int | None, team: Team | None, name: str, parent_id: int | None,
    leader_id: int | None, now: datetime,
) -> Team:
    """A new team, or new facts of one. Raises `Refused` for a name in use or a circle."""
    taken = db.session.scalar(select(Team).where(Team.name == name))
    if taken is not None and taken is not team:
        raise Refused(_l("There is already a team of this name."))
    if team is not None and queries.team_tree().would_loop(team.id, parent_id):
        raise Refused(_l("A team cannot stand below itself."))
    if team is None:
        team = Team()
        db.session.add(team)
    team.name, team.parent_id, team.leader_id = name, parent_id, leader_id
    # The audit entry names the new id.
    db.session.flush()
    audit.record(actor_id, "team.saved", f"team:{team.id}", now, name=name, parent_id=parent_id,
                 leader_id=leader_id)
    return team


def _check(facts: PersonFacts, user: User | None = None) -> None:
    if not LOGIN.fullmatch(facts.login):
        raise Refused(_l("A login has 2 to 64 small letters, digits or . _ - @ +"))
    if facts.role not in ROLES:
        raise Refused(_l("This role does not exist."))
    taken = queries.user_by_login(facts.login)
    if taken is not None and taken is not user:
        raise Refused(_l("This login is already in use."))


def _keep_an_administrator(user: User) -> None:
    others = select(User.id).where(
        User.role == "admin", User.deactivated_at.is_(None), User.id != user.id
    )
    if user.role == "admin" and db.session.scalar(others.limit(1)) is None:
        raise Refused(_l("This is the last administrator; make another one first."))


def _columns(facts: PersonFacts) -> dict[str, object]:
    return {
        "login": facts.login, "name": facts.name, "role": facts.role, "team_id": facts.team_id,
        "email": facts.email, "job_title": facts.job_title, "joined_on": facts.joined_on,
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
