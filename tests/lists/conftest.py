"""What tests of lists need: counting what the database is asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from portal.extensions import db


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement that the database was sent."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *others: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)
