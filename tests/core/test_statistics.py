"""The database knows how large its tables are: after it is filled, and while it grows."""

import pytest
from sqlalchemy import event, insert, text

from portal.core import clock, statistics
from portal.core.audit import AuditEntry
from portal.core.unit_of_work import transaction
from portal.extensions import db

TABLE = AuditEntry.__tablename__


def fill(count):
    row = {"action": "case.recorded", "subject": "case:1", "at": clock.now(), "detail": {},
           "previous": "0" * 64, "digest": "0" * 64}
    with transaction():
        db.session.execute(insert(AuditEntry), [row] * count)


def known():
    if db.engine.dialect.name == "sqlite":
        asked = f"SELECT max(CAST(stat AS INTEGER)) FROM sqlite_stat1 WHERE tbl = '{TABLE}'"
    else:
        asked = f"SELECT reltuples FROM pg_class WHERE oid = '{TABLE}'::regclass"
    with db.engine.connect() as connection:
        return connection.execute(text(asked)).scalar()


@pytest.fixture
def looked_at(app):
    """The tables that were looked at."""
    found = []

    def note(connection, cursor, statement, *rest):
        if statement.startswith("ANALYZE"):
            found.append(statement.split('"')[1])

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_table_is_looked_at_when_it_has_grown_to_twice_its_size(app, looked_at):
    fill(3000)
    statistics.renew()
    assert TABLE in looked_at and known() >= 3000
    looked_at.clear()
    fill(1000)
    statistics.renew()
    assert TABLE not in looked_at
    fill(3000)
    statistics.renew()
    assert TABLE in looked_at and known() >= 7000


def test_small_tables_are_left_alone(app, looked_at):
    statistics.renew()
    looked_at.clear()
    statistics.renew()
    assert looked_at == []
