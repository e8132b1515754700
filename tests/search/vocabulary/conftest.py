"""What the tests of the editable synonyms share."""

from collections.abc import Callable, Sequence

import pytest
from flask import Flask

from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.search.models import SynonymGroup
from portal.search.vocabulary import actions
from tests.characters import Character
from tests.frozen_clock import FrozenClock


@pytest.fixture
def add(app: Flask, mei: Character, clock: FrozenClock) -> Callable[..., int]:
    """`add("蓝鲸", "抢单")`: the id of a new group of these phrases."""

    def added(*phrases: str) -> int:
        with transaction():
            return actions.add_group(mei.id, phrases, clock()).id

    return added


@pytest.fixture
def row(app: Flask) -> Callable[[int], SynonymGroup]:
    """`row(7)`: the group as it stands in the database now."""

    def read(group_id: int) -> SynonymGroup:
        db.session.rollback()
        found = db.session.get(SynonymGroup, group_id)
        assert found is not None
        return found

    return read


@pytest.fixture
def shipped_id(app: Flask) -> Callable[[str], int]:
    """`shipped_id("撞单")`: the id of the shipped group with this phrase."""

    def find(phrase: str) -> int:
        rows: Sequence[SynonymGroup] = db.session.query(SynonymGroup).all()
        (found,) = [each.id for each in rows if phrase in each.phrases]
        return found

    return find
