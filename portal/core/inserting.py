"""Rows that somebody else may be writing at this very moment: the first one counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from portal.extensions import db

# Databases limit the values of one statement.
AT_ONCE = 200


def insert_new(model: type[Any], rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Insert those rows whose unique values nobody has yet, in few statements; their ids.

    Give them in one order everywhere, so that two who insert the same cannot wait for each other.
    """
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    made: list[Any] = []
    for start in range(0, len(rows), AT_ONCE):
        statement = (
            dialect.insert(model).values(rows[start : start + AT_ONCE])  # type: ignore[arg-type]
            .on_conflict_do_nothing().returning(model.id)
        )
        made.extend(db.session.scalars(statement))
    return made
