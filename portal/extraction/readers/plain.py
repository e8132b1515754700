"""Text files in the encodings that people here use."""

from pathlib import Path

from portal.core.encoding import NotTextError, decode_start
from portal.extraction.budget import Budget
from portal.extraction.results import Limits

# No encoding needs more than four bytes for a sign.
MOST_BYTES = 4 * Limits.characters
# A line of a log that some program garbled must not cost the others.
MOST_GARBLED = 0.02


def read(path: Path, budget: Budget) -> None:
    """Raises `NotTextError`."""
    with path.open("rb") as file:
        content = file.read(MOST_BYTES)
    try:
        budget.take(decode_start(content))
    except NotTextError:
        text = content.decode("utf-8", "replace")
        if text.count("\ufffd") > MOST_GARBLED * len(text):
            raise
        budget.take(text.replace("\ufffd", " "))
