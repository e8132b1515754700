"""What tests of people need: files to upload, and counting what the database is asked."""

from collections.abc import Callable, Iterator
from io import BytesIO
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


@pytest.fixture
def upload() -> Callable[..., dict[str, Any]]:
    """`upload(text)` is the form of a file with this text or these bytes."""

    def form(content: str | bytes, name: str = "people.csv") -> dict[str, Any]:
        data = content.encode() if isinstance(content, str) else content
        return {"file": (BytesIO(data), name)}

    return form
