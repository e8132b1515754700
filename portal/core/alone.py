"""Work that one process of this machine does at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app

from portal.config import Settings


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether nobody else on this machine is at the work of this name, as long as the block runs.

    The lock is a file of the data folder; a process that dies leaves it free.
    """
    settings: Settings = current_app.extensions["settings"]
    settings.make_folder()
    with open(settings.data / f"{name}.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
