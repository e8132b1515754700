"""A transaction of a test's own: what it has only read before does not stand in the way."""

from collections.abc import Iterator
from contextlib import contextmanager

from portal.core.unit_of_work import transaction
from portal.extensions import db


@contextmanager
def acting() -> Iterator[None]:
    """Like a request that writes: it begins afresh."""
    db.session.rollback()
    with transaction():
        yield
