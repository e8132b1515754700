"""Collects the words of one file and ends the reading when there are enough."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from portal.extraction.results import Limits


class Enough(BaseException):
    """Stops a reader. No `Exception`, so that no library takes it for a defect of the file."""


class Budget:
    """What a reader gives its words to."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._parts: list[str] = []
        self._room = limits.characters

    def take(self, words: str) -> None:
        """Keep these words. Raises `Enough` when there is no more room."""
        self._parts.append(words[: self._room])
        self._room -= len(words)
        if self._room <= 0:
            raise Enough

    @property
    def text(self) -> str:
        return "".join(self._parts)

    @contextmanager
    def in_time(self) -> Iterator[None]:
        """Raises `Enough` in the reader when its time is used up, and again every second, in case
        a library swallowed it."""
        signal.signal(signal.SIGPROF, self._stop)
        signal.setitimer(signal.ITIMER_PROF, self._limits.cpu_seconds, 1.0)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _stop(self, number: int, frame: object) -> None:
        raise Enough
