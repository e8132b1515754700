"""What is read once in each transaction, however often it is asked for."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from portal.extensions import db

Value = TypeVar("Value")


class Once(Generic[Value]):
    """Called, it gives what `read` gave the first time. No process keeps it longer, so a change is
    in force everywhere at once."""

    def __init__(self, read: Callable[[], Value], models: tuple[type[Any], ...]) -> None:
        self.__doc__ = read.__doc__
        self._read, self._models = read, models
        self._key = f"once:{read.__module__}.{read.__qualname__}"
        event.listen(Session, "after_flush", self._forget_when_changed)
        event.listen(Session, "after_soft_rollback", self._forget_with_rollback)
        event.listen(Session, "after_transaction_end", self._forget_with_transaction)

    def __call__(self) -> Value:
        info = db.session.info
        if self._key not in info:
            info[self._key] = self._read()
        value: Value = info[self._key]
        return value

    def forget(self) -> None:
        """Read it anew: this transaction has changed it."""
        db.session.info.pop(self._key, None)

    def _forget_when_changed(self, session: Session, context: Any) -> None:
        changed = (*session.new, *session.dirty, *session.deleted)
        if self._models and any(isinstance(row, self._models) for row in changed):
            session.info.pop(self._key, None)

    def _forget_with_rollback(self, session: Session, previous: Any) -> None:
        """A part that is rolled back may have changed what was read after it began."""
        session.info.pop(self._key, None)

    def _forget_with_transaction(self, session: Session, ended: SessionTransaction) -> None:
        if ended.parent is None:
            session.info.pop(self._key, None)


def once(*models: type[Any]) -> Callable[[Callable[[], Value]], Once[Value]]:
    """`@once(Term)` reads once in each transaction, and anew when it changes a `Term`."""
    return lambda read: Once(read, models)
