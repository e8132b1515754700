"""The migrations build exactly the tables that the models describe, on either database."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal.config import ROOT
from portal.extensions import db
from portal.search.postgres_engine.statements import is_of_the_engine


def belongs_to_the_models(name, kind, parents):
    return kind != "table" or not is_of_the_engine(name)


def test_models_and_migrations_agree(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": belongs_to_the_models}
        )
        assert compare_metadata(context, db.metadata) == []


def test_there_is_one_line_of_migrations():
    folder = ScriptDirectory(str(ROOT / "portal" / "migrations"))
    assert len(folder.get_heads()) == 1


def test_the_database_stands_at_the_newest_migration(app):
    head = ScriptDirectory(str(ROOT / "portal" / "migrations")).get_current_head()
    with db.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == head
