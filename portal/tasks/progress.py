"""How work tells how far it is, learns that it was cancelled, and writes what it did in batches."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any

from flask import current_app
from sqlalchemy import update

from portal.core import clock
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.tasks.models import Task

# Everybody who watches sees it move; the database hardly notices.
TELL_EVERY = 1.0


class Cancelled(Exception):  # noqa: N818 - a wish, not an error
    """Somebody asked to stop; what was committed so far stays."""


class Lost(Exception):  # noqa: N818
    """Another process has taken the work over: this one must not write any more."""


class Progress:
    """Called as `progress(done, total, message)`; tells at most once a second."""

    def __init__(self, task_id: int, token: str, done: int = 0, total: int = 0) -> None:
        self.task_id, self.token = task_id, token
        self.done, self.total, self.message = done, total, ""
        self._result: dict[str, Any] = {}
        self._told = monotonic()
        self._in_batch = False

    def __call__(
        self, done: int | None = None, total: int | None = None, message: str | None = None
    ) -> None:
        """Say how far it is. Raises `Cancelled` when somebody asked to stop."""
        if done is not None:
            self.done = done
        if total is not None:
            self.total = total
        new_step = message is not None and message != self.message
        if message is not None:
            self.message = message
        # Inside of a batch it is told along with what the batch writes.
        if not self._in_batch and (new_step or monotonic() - self._told >= TELL_EVERY):
            self.tell()

    def tell(self) -> None:
        """Write it down now, in a transaction and a connection of its own."""
        # The work may be reading a long list, or one moment of the database, meanwhile.
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        with app.app_context(), transaction():
            self._hold()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction for some of the work. The count is written with it, so work that is
        taken up again knows exactly what was done.

        Raises `Cancelled` or, when somebody else took over, `Lost`; nothing is written then.
        """
        try:
            with transaction():
                self._in_batch = True
                self._hold()
                yield
                self._write()
        finally:
            self._in_batch = False

    def note(self, **result: Any) -> None:
        """Keep these facts as the task's result, from the next time that something is told."""
        self._result.update(result)

    @property
    def result(self) -> Mapping[str, Any]:
        return self._result

    def _hold(self) -> None:
        """Write, and keep the row until the transaction ends: nobody can take over meanwhile."""
        if self._write():
            raise Cancelled

    def _write(self) -> bool:
        """Whether somebody asked to stop."""
        values: dict[str, Any] = {
            "done": self.done, "total": self.total, "message": self.message,
            "beat_at": clock.now(),
        }
        if self._result:
            values["result"] = dict(self._result)
        held = (
            update(Task)
            .where(Task.id == self.task_id, Task.worker == self.token, Task.status == "running")
            .values(**values).returning(Task.cancel_asked_at)
            .execution_options(synchronize_session=False)
        )
        found = db.session.execute(held).one_or_none()
        if found is None:
            raise Lost
        self._told = monotonic()
        return found[0] is not None
