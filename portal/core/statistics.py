"""What the database knows of its tables, by which it plans how to answer: kept by the portal."""

from collections.abc import Iterator

from sqlalchemy import inspect, text

from portal.core.jobs import job
from portal.core.unit_of_work import reading_only, transaction
from portal.extensions import db

JOB = "statistics"
# Smaller tables are read in no time, however that is planned.
FEWEST_ROWS, FEWEST_PAGES = 500, 8
# Pages that each table takes now and took when it was last looked at.
GROWN_HERE = text("""
    SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
      AND pg_relation_size(oid) / current_setting('block_size')::int
          >= greatest(:fewest, 2 * relpages)
    ORDER BY relname
""")


@job(JOB, every_minutes=60, at_start=True)
def renew() -> None:
    """Have the database look at each table that is twice as large as it knows. One after the
    other, so that nobody who writes waits for long."""
    with reading_only():
        grown = list(_grown())
    for table in grown:
        with transaction() as session:
            session.execute(text(f"ANALYZE {_quoted(table)}"))


def _grown() -> Iterator[str]:
    if db.engine.dialect.name != "sqlite":
        yield from db.session.scalars(GROWN_HERE, {"fewest": FEWEST_PAGES})
        return
    tables = inspect(db.session.connection()).get_table_names()
    known = _known_rows() if "sqlite_stat1" in _own_tables() else {}
    for table in tables:
        rows = db.session.scalar(text(f"SELECT count(*) FROM {_quoted(table)}")) or 0  # noqa: S608
        if rows >= max(FEWEST_ROWS, 2 * known.get(table, 0)):
            yield table


def _own_tables() -> set[str]:
    return set(db.session.scalars(text("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite%'")))


def _known_rows() -> dict[str, int]:
    """Table → its rows when it was last looked at; an index of a part of them knows fewer."""
    found = db.session.execute(text(
        "SELECT tbl, max(CAST(stat AS INTEGER)) AS rows FROM sqlite_stat1 GROUP BY tbl"))
    return {row.tbl: row.rows for row in found}


def _quoted(table: str) -> str:
    return db.engine.dialect.identifier_preparer.quote_identifier(table)
