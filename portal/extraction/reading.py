"""Reads files in a child process: one that hangs, bursts or crashes it is just unreadable."""

import signal
from pathlib import Path
from types import TracebackType

from portal.extraction.process import Answer, Child
from portal.extraction.results import (
    EMPTY,
    READ,
    UNREADABLE,
    Extracted,
    ExtractionUnavailable,
    Limits,
)

READABLE = frozenset({
    "application/pdf", "text/plain", "text/csv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
})
# Memory that a library lost ends with the child.
FILES_A_CHILD = 50
# By these the machine, not the file, ends a child.
FROM_OUTSIDE = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}


class Reader:
    """Reads one file after another; to be closed, as by `with`."""

    def __init__(self, limits: Limits | None = None, child: Child | None = None) -> None:
        self._limits = limits or Limits()
        # Started with the first file.
        self._child = child

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None

    def read(self, path: Path) -> Extracted:
        """The words of this file.

        Raises `FileNotFoundError`, and `ExtractionUnavailable` when it cannot be said.
        """
        child = self._child = self._child or Child(self._limits)
        answer = child.ask(str(path))
        if answer is None or answer.get("last") or child.asked >= FILES_A_CHILD:
            self.close()
        if answer is None:
            if child.ended in FROM_OUTSIDE:
                raise ExtractionUnavailable(f"the reading process got signal {-child.ended}")
            return Extracted(UNREADABLE)
        return self._judge(path, answer)

    def _judge(self, path: Path, answer: Answer) -> Extracted:
        status, text = answer.get("status"), str(answer.get("text", ""))
        if status == "missing":
            raise FileNotFoundError(path)
        if status == "unavailable":
            raise ExtractionUnavailable(text)
        if status not in (READ, EMPTY):
            return Extracted(UNREADABLE)
        return Extracted(str(status), text[: self._limits.characters])


def extract(path: Path, limits: Limits | None = None) -> Extracted:
    """The words of a single file, like `Reader.read`."""
    with Reader(limits) as reader:
        return reader.read(path)
