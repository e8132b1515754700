"""Finds, by the foreign keys of all tables, what refers to rows that are to go.

So a feature that is added later need not be known here.
"""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, Table, delete, select, update

from portal.extensions import db

# Databases limit the values of one statement.
AT_ONCE = 300


def clear(model: type[Any], ids: Collection[int]) -> None:
    """Remove the rows that belong to these; where the reference may be empty, empty it.

    A column that says of itself that rows "belong" goes with what it names, though it may be empty.
    """
    for column in _columns_to(model):
        if column.nullable and "belongs" not in column.info:
            empty(column, ids)
        else:
            db.session.execute(delete(column.table).where(column.in_(ids)))


def wipe(table: Table, ids: Collection[int]) -> None:
    """Remove these rows of a table with everything that belongs to them, however deep; where a
    reference may be empty, empty it."""
    if not ids:
        return
    for column in _columns_naming(table.c.id):
        if column.nullable and "belongs" not in column.info:
            empty(column, ids)
        elif "id" in column.table.c and column.table is not table:
            mine = select(column.table.c.id).where(column.in_(ids))
            theirs = list(db.session.scalars(mine))
            for start in range(0, len(theirs), AT_ONCE):
                wipe(column.table, theirs[start : start + AT_ONCE])
        else:
            db.session.execute(delete(column.table).where(column.in_(ids)))
    db.session.execute(delete(table).where(table.c.id.in_(ids)))


def clear_own(model: type[Any], ids: Collection[int], name: str) -> None:
    """Remove the rows that belong to these by a column of this name."""
    for column in _columns_to(model):
        if column.name == name:
            db.session.execute(delete(column.table).where(column.in_(ids)))


def empty(column: Column[Any], ids: Collection[int]) -> None:
    db.session.execute(
        update(column.table).where(column.in_(ids)).values({column.name: None})
    )


def named(model: type[Any], ids: Collection[int]) -> set[int]:
    """Which of these another row still refers to."""
    found: set[int] = set()
    for column in _columns_to(model):
        found.update(db.session.scalars(select(column).where(column.in_(ids)).distinct()))
    return found


def _columns_to(model: type[Any]) -> Iterator[Column[Any]]:
    """Columns that refer to the model's key, those of dependent tables first."""
    yield from _columns_naming(model.__table__.c.id)


def _columns_naming(key: Column[Any]) -> Iterator[Column[Any]]:
    for table in reversed(db.metadata.sorted_tables):
        for column in table.columns:
            if any(reference.column is key for reference in column.foreign_keys):
                yield column
