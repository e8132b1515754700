"""What people do with their own account: sign in and out, choose a password and their settings."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import update

from portal.core import audit
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.people import passwords
from portal.people.models import SignIn, User
from portal.people.rules import password_problem

PASSWORD_PROBLEMS = {
    "short": _l("A password needs at least 10 characters."),
    "long": _l("A password may have at most 200 characters."),
    "login": _l("The password must not contain the login."),
    "plain": _l("The password repeats too few different characters."),
}


class WrongPassword(Refused):
    """The current password was not proven."""


def change_password(user: User, current: str, new: str, now: datetime, keep: SignIn) -> None:
    """The person's own change; other places where they are signed in are ended."""
    if not passwords.matches(user.password_hash, current):
        raise WrongPassword(_l("The current password is not right."))
    problem = password_problem(new, user.login)
    if problem:
        raise Refused(PASSWORD_PROBLEMS[problem])
    if new == current:
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


def end_sign_in(place: SignIn, now: datetime) -> None:
    """Sign the person out in one place."""
    if place.ended_at is None:
        place.ended_at = now
        audit.record(place.user_id, "person.signed_out", f"user:{place.user_id}", now)


def end_sign_ins(user: User, now: datetime, keep: SignIn | None = None) -> None:
    """Sign the person out everywhere, or everywhere but one place."""
    query = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    if keep is not None:
        query = query.where(SignIn.id != keep.id)
    db.session.execute(query.values(ended_at=now))


def end_other_sign_ins(user: User, keep: SignIn, now: datetime) -> None:
    """The person's own wish to be signed in here alone."""
    end_sign_ins(user, now, keep=keep)
    audit.record(user.id, "person.signed_out_elsewhere", f"user:{user.id}", now)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
