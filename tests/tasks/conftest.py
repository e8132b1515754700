"""Kinds of long work that only tests know."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core import jobs
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.tasks import Kind, kinds
from portal.tasks.actions import start_task
from portal.tasks.models import Task
from tests.characters import Character
from tests.frozen_clock import FrozenClock


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`declare("count", run)`: a kind that is forgotten after the test."""

    def declare_one(name: str, run: Any, **more: Any) -> None:
        monkeypatch.setitem(kinds._kinds, name, Kind(name, f"The {name}", run, **more))

    return declare_one


@pytest.fixture
def ask(app: Flask, clock: FrozenClock) -> Callable[..., int]:
    """`ask(alice, "count")` asks for work and gives its number."""

    def ask_one(person: Character, kind: str, **given: Any) -> int:
        with transaction():
            return start_task(person.actor, kind, clock(), language="en", **given).id

    return ask_one


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is done in the request that asks for it."""
    assert jobs._runner is not None
    monkeypatch.setattr(jobs._runner, "mode", "off")


def task(task_id: int) -> Task:
    """The row as it is now."""
    db.session.rollback()
    found = db.session.get(Task, task_id)
    assert found is not None
    return found
