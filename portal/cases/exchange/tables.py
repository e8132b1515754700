"""The rows of a table of cases, found by the headings that cases know."""

from portal.cases.exchange.columns import field_of
from portal.transfer import tables
from portal.transfer.tables import CSV, WORKBOOKS, Rows

__all__ = ["CSV", "WORKBOOKS", "Rows", "read_rows"]


def read_rows(name: str, content: bytes) -> Rows:
    """The table in the bytes of a file. Raises `Wrong` when there is none."""
    return tables.read_rows(name, content, field_of)
