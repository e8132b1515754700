"""Remembers searches without slowing a page: they wait in memory until a thread writes them.

Not by a job of the queue, which another machine may run: what waits here waits in this process.
"""

import logging
import os
import threading
from collections.abc import Callable, Sized

from flask import Flask, current_app

from portal.core import clock
from portal.core.unit_of_work import transaction
from portal.search.log.keys import is_narrowed, kept_text, key_of
from portal.search.log.rules import RESULTS, SETTLED, SHORTEST_TYPED, Asked
from portal.search.log.waiting import WAITING
from portal.search.log.writing import write

log = logging.getLogger(__name__)
# Searches of one second are written together: each transaction costs the disk one sync.
PAUSE = 1.0


def remember(actor_id: int, text: str, total: int, surface: str, narrowed: bool) -> None:
    """Keep that somebody searched. `surface` is "results" or "typing"; never raises.

    Neither an empty question nor the first letter of one is kept.
    """
    try:
        text = kept_text(text)
        key = key_of(text)
        if len(key) < (1 if surface == RESULTS else SHORTEST_TYPED):
            return
        WAITING.add([Asked(
            person_id=actor_id, text=text, key=key, total=total,
            surface=surface, narrowed=narrowed or is_narrowed(text), at=clock.now(),
        )])
        _wake(current_app._get_current_object())  # type: ignore[attr-defined]
    except Exception:
        log.exception("a search could not be remembered")


def write_due() -> None:
    """Write what has been sent or has settled; kept for the next time when it cannot be."""
    due = WAITING.take_due(clock.now())
    if not due:
        return
    try:
        with transaction():
            write(due)
    except Exception:
        log.exception("%s searches are not written yet", len(due))
        WAITING.add(due)


class Clerk(threading.Thread):
    """Writes what waits in this process, a moment after it was rung for.

    `write` does it, once a moment at most; `waiting` is what waits.
    """

    def __init__(
        self, app: Flask, pause: float = PAUSE, write: Callable[[], None] = write_due,
        waiting: Sized = WAITING,
    ) -> None:
        super().__init__(name="search-log", daemon=True)
        self._write, self._waiting = write, waiting
        self.app = app
        self.process = os.getpid()
        self._pause = pause
        self._bell = threading.Event()
        self._ended = threading.Event()

    def ring(self) -> None:
        self._bell.set()

    def end(self) -> None:
        """Write what is due once more, and stop."""
        self._ended.set()
        self._bell.set()
        self.join()

    def run(self) -> None:
        while not self._ended.is_set():
            self._bell.wait(SETTLED.total_seconds() if len(self._waiting) else None)
            self._bell.clear()
            self._ended.wait(self._pause)
            with self.app.app_context():
                self._write()


_clerk: Clerk | None = None
_hiring = threading.Lock()


def _wake(app: Flask) -> None:
    if app.extensions["settings"].jobs == "inline":
        # A context, and so a transaction, of its own: the page's own is for reading.
        with app.app_context():
            write_due()
        return
    global _clerk
    with _hiring:
        # A process that was forked has the memory of its parent, but none of its threads.
        if _clerk is None or _clerk.process != os.getpid() or not _clerk.is_alive():
            _clerk = Clerk(app)
            _clerk.start()
    _clerk.ring()
