"""Times are stored in UTC; SQLite waits instead of failing and keeps its foreign keys."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from portal.core.database import prepare_sqlite
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.models import User


def test_a_moment_comes_back_as_the_same_moment_in_utc(app, alice):
    moment = datetime(2026, 3, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    with transaction():
        alice.row.created_at = moment
    db.session.expire_all()
    assert alice.row.created_at == moment
    assert alice.row.created_at.tzinfo is UTC


def test_a_time_without_zone_is_refused(app, alice):
    with pytest.raises(StatementError, match="without zone"), transaction():
        alice.row.created_at = datetime(2026, 3, 1, 8, 30)


def test_a_row_cannot_point_nowhere(app, alice):
    with pytest.raises(IntegrityError), transaction():
        alice.row.team_id = 4711


def test_sqlite_keeps_what_it_acknowledged(app):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("SQLite alone")
    engine = db.create_engine(db.engine.url)
    prepare_sqlite(engine)
    with engine.connect() as connection:
        settings = {name: connection.execute(text(f"PRAGMA {name}")).scalar()
                    for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}
    engine.dispose()
    assert settings == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000,
    }


def test_two_writers_wait_for_each_other(app, alice, bob):
    """Neither loses, neither fails: the second begins when the first has committed."""
    done = []

    def write(person, theme):
        with app.app_context(), transaction():
            user = db.session.get(User, person.id)
            user.theme = theme
            db.session.flush()
            done.append(person.login)

    db.session.rollback()
    threads = [threading.Thread(target=write, args=(person, "dark")) for person in (alice, bob)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(done) == ["alice", "bob"]
    assert (alice.row.theme, bob.row.theme) == ("dark", "dark")
