"""What an administrator does with people."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.people import passwords, queries
from portal.people.actions.account import end_sign_ins
from portal.people.events import PersonDeactivated, PersonRenamed
from portal.people.models import User
from portal.people.rules import LOGIN, LONGEST_NAME, ROLES, Actor


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
    return open_account(actor_id, facts, passwords.hashed_generated(password), now), password


def open_account(
    actor_id: int | None, facts: PersonFacts, password_hash: str, now: datetime
) -> User:
    """A new account whose password is known already, and must be changed at the first sign-in."""
    _check(facts)
    user = new_account(facts, password_hash, now)
    # The audit entry names the new id.
    db.session.flush()
    record_addition(actor_id, user, now)
    return user


def new_account(facts: PersonFacts, password_hash: str, now: datetime) -> User:
    """An account for facts that were checked already; it has no number before the next flush."""
    user = User(
        password_hash=password_hash, must_change_password=True, created_at=now, **asdict(facts)
    )
    db.session.add(user)
    return user


def record_addition(actor_id: int | None, user: User, now: datetime) -> None:
    audit.record(actor_id, "person.added", f"user:{user.id}", now, login=user.login,
                 role=user.role)


def change_person(actor: Actor, user: User, facts: PersonFacts, now: datetime) -> bool:
    """New facts, audited; the last administrator stays one. Whether anything changed."""
    _check(facts, user)
    if user.role == "admin" and facts.role != "admin":
        _keep_an_administrator(user)
    after = asdict(facts)
    changed = {
        name: [_plain(getattr(user, name)), _plain(value)]
        for name, value in after.items()
        if getattr(user, name) != value
    }
    for name in changed:
        setattr(user, name, after[name])
    if changed:
        audit.record(actor.id, "person.changed", f"user:{user.id}", now, **changed)
    if "name" in changed:
        publish(PersonRenamed(user.id))
    return bool(changed)


def make_manager(actor: Actor, user: User, now: datetime) -> bool:
    """Give a sales rep who leads a team the role for it; other roles stay. Whether it changed."""
    if user.role != "rep":
        return False
    user.role = "manager"
    audit.record(actor.id, "person.changed", f"user:{user.id}", now, role=["rep", "manager"])
    return True


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
    user.password_hash = passwords.hashed_generated(password)
    user.must_change_password = True
    end_sign_ins(user, now)
    audit.record(actor_id, "person.password_reset", f"user:{user.id}", now)
    return password


def _check(facts: PersonFacts, user: User | None = None) -> None:
    if not LOGIN.fullmatch(facts.login):
        raise Refused(_l("A login has 2 to 64 small letters, digits or . _ - @ +"))
    if not 0 < len(facts.name) <= LONGEST_NAME:
        raise Refused(_l("A name has 1 to 80 characters."))
    if facts.role not in ROLES:
        raise Refused(_l("This role does not exist."))
    taken = queries.user_by_login(facts.login)
    if taken is not None and taken is not user:
        raise Refused(_l("This login is already in use."))


def _keep_an_administrator(user: User) -> None:
    if user.role != "admin":
        return
    # Locked, so that two administrators who take each other's office cannot both succeed.
    there = (
        select(User.id).where(User.role == "admin", User.deactivated_at.is_(None))
        .order_by(User.id).with_for_update()
    )
    if not set(db.session.scalars(there)) - {user.id}:
        raise Refused(_l("This is the last administrator; make another one first."))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
