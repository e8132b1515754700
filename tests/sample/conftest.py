"""The sample department, and the whole database as plain values."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal import sample
from portal.extensions import db
from portal.people.models import User
from portal.sample import passwords
from tests.characters import Character, character
from tests.kept import Kept

# What is written on every way, and never taken back.
LOGS = {"audit_log"}
Rows = dict[str, set[tuple[Any, ...]]]


@pytest.fixture
def made(app: Flask, kept_contents: Kept) -> str:
    """The sample department is there; the answer is its table of logins. Made once a run."""
    logins = passwords.path()
    copy = logins.with_suffix(".kept")
    if "sample" in kept_contents:
        kept_contents.put_back("sample")
        shutil.copy(copy, logins)
    else:
        assert sample.make()
        kept_contents.keep("sample")
        shutil.copy(logins, copy)
    db.session.rollback()
    return sample.logins()


@pytest.fixture
def staff(made: str) -> Callable[[str], Character]:
    """`staff("lina")`: a person of the sample department, with the printed password."""
    password = made.splitlines()[-1].split()[-1]

    def one(login: str) -> Character:
        person = character(login)
        return Character(person.id, person.login, person.name, person.role, person.team_id,
                         password)

    return one


@pytest.fixture
def all_rows(app: Flask) -> Callable[[], Rows]:
    """Every row of every table but the logs."""

    def read() -> Rows:
        db.session.rollback()
        return {
            table.name: {
                tuple(map(repr, row)) for row in db.session.execute(select(table)).all()
            }
            for table in db.metadata.sorted_tables if table.name not in LOGS
        }

    return read


@pytest.fixture
def sample_people(app: Flask) -> Callable[[], list[User]]:
    def read() -> list[User]:
        return list(db.session.scalars(select(User).where(User.is_sample)))

    return read
