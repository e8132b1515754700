"""What tests of the core need: views of their own, and counting commits."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.core import access

READ = ("home.help_index", "/help")
WRITE = ("people.sign_out", "/sign-out")


@pytest.fixture
def view_of(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """`view_of(WRITE, view)` lets `view` stand in for an endpoint; the answer is its address."""

    def stand_in(place: tuple[str, str], view: Callable, permission: str = "portal:use") -> str:
        endpoint, address = place
        declared = access.requires(permission)(view) if permission else view
        monkeypatch.setitem(app.view_functions, endpoint, declared)
        return address

    return stand_in


@pytest.fixture
def commits(app: Flask) -> Iterator[list[Session]]:
    """Every commit of a session that had something to write."""
    seen: list[Session] = []

    def count(session: Session) -> None:
        seen.append(session)

    event.listen(Session, "after_commit", count)
    yield seen
    event.remove(Session, "after_commit", count)
