"""Whom "@login" means: what a text shows of the people it calls."""

from collections.abc import Collection, Mapping

from flask import Flask, url_for
from sqlalchemy import select

from portal.core import mentions
from portal.core.mentions import Called
from portal.extensions import db
from portal.people.models import User


def init_app(app: Flask) -> None:
    """Texts show the people of this portal."""
    mentions.init_app(app, people_called)


def people_called(logins: Collection[str]) -> Mapping[str, Called]:
    """Those with these logins, people who left included: what was written stays true."""
    wanted, found = list(logins), {}
    # Databases limit the values of one statement.
    for start in range(0, len(wanted), 500):
        query = select(User.id, User.name, User.login).where(
            User.login.in_(wanted[start : start + 500])
        )
        for user_id, name, login in db.session.execute(query):
            found[login] = Called(name, login, url_for("people.profile", user_id=user_id))
    return found
