"""Searches as they stand in the log."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search.log.keys import key_of
from portal.search.log.models import LoggedSearch
from tests.characters import Character
from tests.frozen_clock import FrozenClock


@pytest.fixture
def logged(app: Flask, clock: FrozenClock) -> Callable[..., None]:
    """`logged(alice, "撞单", total=3, days_ago=2, opened="case:1")`: a search of the past."""

    def one(person: Character | None, text: str, *, total: int = 0, days_ago: float = 1,
            opened: str | None = None, surface: str = "results", narrowed: bool = False) -> None:
        with transaction() as session:
            session.add(LoggedSearch(
                person_id=person.id if person else None, text=text, key=key_of(text), total=total,
                surface=surface, narrowed=narrowed, opened_ref=opened,
                opened_rank=1 if opened else None, searched_at=clock() - timedelta(days=days_ago),
            ))

    return one


@pytest.fixture
def rows(app: Flask) -> Callable[[], list[LoggedSearch]]:
    """Everything in the log, the oldest first."""

    def read() -> list[Any]:
        db.session.rollback()
        return list(db.session.scalars(
            select(LoggedSearch).order_by(LoggedSearch.searched_at, LoggedSearch.id)
        ))

    return read
