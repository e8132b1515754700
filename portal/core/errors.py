"""Refusals: rules that said no, in words a person can act on."""

from typing import Any


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """A rule forbids the action; nothing was changed. `message` is shown to the person."""

    status = 422

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


class Conflict(Refused):
    """Somebody else changed the record first; what was typed is kept by the page."""

    status = 409
