"""What reading a file comes to, and how far it may go."""

import unicodedata
from dataclasses import dataclass

# Counts up when the readers get better: what an older one read is then read anew.
VERSION = 1

READ, EMPTY, UNREADABLE = "read", "empty", "unreadable"


@dataclass(frozen=True)
class Extracted:
    """`text` is empty unless `status` is "read"; then lines, pages and sheets end with a break.

    "empty" is a file without words, such as a scan; "unreadable" one that is damaged, protected,
    or too much for the limits.
    """

    status: str
    text: str = ""


@dataclass(frozen=True)
class Limits:
    """What one file may cost. After `cpu_seconds` a reader is asked to stop and keeps what it
    has; one that does not is killed `grace_seconds` later, and in any case after `wall_seconds`."""

    characters: int = 200_000
    cpu_seconds: float = 15.0
    grace_seconds: int = 5
    wall_seconds: float = 120.0
    memory_mb: int = 768


class ExtractionUnavailable(RuntimeError):  # noqa: N818
    """Reading does not work at all here: says nothing about any file."""


def outcome(text: str) -> Extracted:
    """What was read, told apart from signs without a word among them."""
    if any(unicodedata.category(sign)[0] in "LN" for sign in text):
        return Extracted(READ, text)
    return Extracted(EMPTY)
