"""Read once in each transaction, and anew when it changes or ends."""

import pytest

from portal.core.once import once
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.lists.models import Term

READ = []


@once(Term)
def number() -> int:
    """How often it was read."""
    READ.append("read")
    return len(READ)


@pytest.fixture(autouse=True)
def unread(app):
    number.forget()
    READ.clear()


def tag(name: str) -> Term:
    return Term(list="tag", code=name, label_zh=name, position=0, active=True)


def test_it_is_read_once(app):
    assert (number(), number()) == (1, 1)
    assert number.__doc__ == "How often it was read."


def test_it_is_read_anew_when_forgotten(app):
    number()
    number.forget()
    assert number() == 2


def test_it_is_read_anew_in_the_next_transaction(app):
    with transaction():
        assert (number(), number()) == (1, 1)
    assert number() == 2


def test_it_is_read_anew_when_such_a_row_changes(app):
    with transaction():
        assert number() == 1
        db.session.add(tag("one"))
        db.session.flush()
        assert (number(), number()) == (2, 2)


def test_what_a_part_that_is_rolled_back_saw_is_forgotten(app):
    with transaction():
        part = db.session.begin_nested()
        db.session.add(tag("two"))
        db.session.flush()
        assert number() == 1
        part.rollback()
        assert number() == 2
