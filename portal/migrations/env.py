"""How Alembic reaches the portal's database: always online, through the running application."""

from typing import Any

from alembic import context
from flask import current_app

from portal.core.database import UTCDateTime
from portal.search.postgres_engine.statements import is_of_the_engine

database = current_app.extensions["migrate"].db


def plain_types(kind: str, item: Any, autogen: Any) -> str | bool:
    """Migrations name the database's types, not the portal's, which may move."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UTCDateTime) else False


def belongs_to_the_models(name: str | None, kind: str, parents: Any) -> bool:
    """The search engine makes its tables itself."""
    return kind != "table" or not is_of_the_engine(name or "")


with database.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        include_name=belongs_to_the_models,
        render_item=plain_types,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
