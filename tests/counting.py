"""Counts the SQL statements of a page: their number must not grow with the data."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from portal.extensions import db
from tests.browser import Browser


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the database inside the block."""
    sent: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def statements_of(app: Flask, browser: Browser, url: str) -> list[str]:
    """What this page asks of the database, once its caches are warm."""
    assert browser.get(url).status_code == 200
    with statements(app) as sent:
        assert browser.get(url).status_code == 200
    return sent
