"""What is wrong with a file that somebody wants to import."""

from typing import Any

from portal.core.errors import Refused


class Wrong(Refused):
    """A file, or one value in it, cannot go in; `message` is for the person who imports."""

    def __init__(self, message: Any, line: int = 0) -> None:
        super().__init__(message)
        self.line = line
