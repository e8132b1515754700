"""What the tests of the search room share: texts under cases, and asking as a person."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core import jobs
from portal.search import find
from tests.cases.conftest import act, attach, draft, problem, propose, remark  # noqa: F401
from tests.characters import Character


@pytest.fixture
def asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody works in the background: index jobs stay where they were written."""
    monkeypatch.setattr(jobs, "wake", lambda name: None)


@pytest.fixture
def found(app: Flask) -> Callable[..., list[str]]:
    """`found(alice, "撞单")`: the titles of the hits, best first."""

    def search(person: Character, text: str, **more: Any) -> list[str]:
        with app.test_request_context(headers={"Accept-Language": "en"}):
            return [hit.card.title for hit in find.search(person.actor, text, **more).found]

    return search
