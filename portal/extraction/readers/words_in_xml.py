"""The words in the XML of Word and PowerPoint, read as a stream: no tree, no depth, no entities."""

from typing import IO
from xml.parsers import expat

from portal.extraction.budget import Budget, Enough

CHUNK = 64 * 1024
# What an archive may unfold to. Pictures are not unpacked, and words need no more.
MOST_BYTES = 256 * 1024 * 1024
BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Unpacking:
    """How many bytes the parts of one archive unfolded to so far."""

    def __init__(self) -> None:
        self.done = 0

    def count(self, chunk: bytes) -> bytes:
        """Raises `Enough`."""
        self.done += len(chunk)
        if self.done > MOST_BYTES:
            raise Enough
        return chunk


class DoctypeError(ValueError):
    """Office files declare no document type; who does wants entities to multiply."""


def words_of(stream: IO[bytes], budget: Budget, unpacking: Unpacking) -> None:
    """Give the words of this part to the budget, paragraph by paragraph.

    Raises `expat.ExpatError` and `DoctypeError`.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    collector = _Collector(budget)
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.characters
    parser.StartDoctypeDeclHandler = _refuse
    while chunk := unpacking.count(stream.read(CHUNK)):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse(*declaration: object) -> None:
    raise DoctypeError


class _Collector:
    """Takes the text of runs; paragraphs end with a line break, cells with a blank."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._in_text = 0
        # Text boxes stand twice in the file: once for today's programs, once for old ones.
        self._in_fallback = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "Fallback":
            self._in_fallback += 1
        elif self._in_fallback:
            return
        elif tag == "t":
            self._in_text += 1
        elif tag in BREAKS:
            self._budget.take(BREAKS[tag])

    def end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "Fallback":
            self._in_fallback -= 1
        elif self._in_fallback:
            return
        elif tag == "t":
            self._in_text -= 1
        elif tag == "p":
            self._budget.take("\n")

    def characters(self, words: str) -> None:
        if self._in_text and not self._in_fallback:
            self._budget.take(words)
