"""The audit log: append-only, and a change made behind the portal's back shows."""

from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from portal.core import audit
from portal.core.audit import GENESIS, AuditEntry, broken_links
from portal.core.unit_of_work import transaction
from portal.extensions import db


@pytest.fixture
def entries(app, clock):
    """Three entries after those of the standing department; their ids."""
    with transaction():
        for number in (1, 2, 3):
            audit.record(None, "bell.rung", f"bell:{number}", clock(), loud=True, note="叮当")
    rows = db.session.query(AuditEntry).filter_by(action="bell.rung").order_by(AuditEntry.id)
    return [entry.id for entry in rows]


def behind_the_portals_back(statement, **values):
    """As somebody with full power over the database would."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(text("DROP TRIGGER IF EXISTS audit_log_no_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS audit_log_no_delete"))
        connection.execute(text(statement), values)


def test_each_entry_carries_the_digest_of_the_one_before(entries):
    rows = db.session.query(AuditEntry).order_by(AuditEntry.id).all()
    assert rows[0].previous == GENESIS
    assert [row.previous for row in rows[1:]] == [row.digest for row in rows[:-1]]
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_log SET action = 'bell.silenced'", "DELETE FROM audit_log"],
)
def test_the_database_itself_refuses_changes(entries, statement):
    db.session.rollback()
    with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text(statement))
    assert db.session.query(AuditEntry).filter_by(action="bell.rung").count() == 3


@pytest.mark.parametrize(
    ("column", "value"),
    [("action", "bell.silenced"), ("subject", "bell:9"), ("actor_id", 1),
     ("detail", '{"loud": false}'), ("at", "2026-01-01 00:00:00"), ("digest", "0" * 64)],
)
def test_a_changed_entry_shows(entries, column, value):
    db.session.rollback()
    behind_the_portals_back(
        f"UPDATE audit_log SET {column} = :value WHERE id = :id", value=value, id=entries[1]
    )
    assert entries[1] in list(broken_links())


def test_a_removed_entry_shows(entries):
    db.session.rollback()
    behind_the_portals_back("DELETE FROM audit_log WHERE id = :id", id=entries[1])
    assert list(broken_links()) == [entries[2]]


def test_what_was_rolled_back_leaves_no_gap(entries, clock):
    with pytest.raises(ZeroDivisionError), transaction():
        audit.record(None, "bell.rung", "bell:4", clock())
        raise ZeroDivisionError
    with transaction():
        audit.record(None, "bell.rung", "bell:5", clock())
    assert list(broken_links()) == []


def bells():
    """What rings, in the order of the chain."""
    db.session.rollback()
    rows = db.session.query(AuditEntry).filter_by(action="bell.rung").order_by(AuditEntry.id)
    return [entry.subject for entry in rows]


def ring(number, clock):
    audit.record(None, "bell.rung", f"bell:{number}", clock())


def test_entries_stand_in_the_order_in_which_they_were_made(app, clock):
    with transaction():
        for number in (1, 2):
            ring(number, clock)
    with transaction():
        ring(3, clock)
    assert bells() == ["bell:1", "bell:2", "bell:3"] and list(broken_links()) == []


def test_of_a_part_that_was_undone_nothing_stands(app, clock):
    with transaction():
        ring(1, clock)
        with db.session.begin_nested():
            ring(2, clock)
        with suppress(ValueError), db.session.begin_nested():
            ring(3, clock)
            with db.session.begin_nested():
                ring(4, clock)
            raise ValueError
        ring(5, clock)
    assert bells() == ["bell:1", "bell:2", "bell:5"] and list(broken_links()) == []


def test_of_a_part_that_the_database_refused_nothing_stands(app, clock):
    with transaction():
        ring(1, clock)
        with suppress(DBAPIError), db.session.begin_nested():
            ring(2, clock)
            db.session.add(AuditEntry(at=clock(), action="bell.rung", subject=None, detail={},
                                      previous="", digest=""))
            db.session.flush()
        ring(3, clock)
    assert bells() == ["bell:1", "bell:3"] and list(broken_links()) == []


def test_of_a_transaction_that_was_undone_nothing_stands(app, clock):
    with suppress(ValueError), transaction():
        ring(1, clock)
        raise ValueError
    with transaction():
        ring(2, clock)
    assert bells() == ["bell:2"]
