"""The migrations build exactly the tables that the models describe, on either database."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal.config import ROOT
from portal.extensions import db


def test_models_and_migrations_agree(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_there_is_one_line_of_migrations():
    folder = ScriptDirectory(str(ROOT / "portal" / "migrations"))
    assert len(folder.get_heads()) == 1


def test_the_database_stands_at_the_newest_migration(app):
    head = ScriptDirectory(str(ROOT / "portal" / "migrations")).get_current_head()
    with db.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == head
