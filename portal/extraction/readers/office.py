"""Word, Excel and PowerPoint files, told apart by what lies in them."""

import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from portal.extraction.budget import Budget
from portal.extraction.readers import sheets
from portal.extraction.readers.words_in_xml import Unpacking, words_of

# Parts with words, in the order in which they are read.
WORD = ("document", "header", "footer", "footnotes", "endnotes", "comments")
WORD_PART = re.compile(rf"word/({'|'.join(WORD)})(\d*)\.xml")
SLIDE_PART = re.compile(r"ppt/(slides/slide|notesSlides/notesSlide)(\d+)\.xml")
WORKBOOK = re.compile(r"xl/workbook\d*\.(xml|bin)")


class NotOfficeError(ValueError):
    """An archive, but none that an office program wrote."""


def read(path: Path, budget: Budget) -> None:
    """Raises `NotOfficeError`, and whatever damage makes the archive or the XML raise."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if any(WORKBOOK.fullmatch(name) for name in names):
            return sheets.read(path, budget)
        parts = _parts(names, WORD_PART, lambda kind: WORD.index(kind)) or _parts(
            names, SLIDE_PART, lambda kind: kind != "slides/slide")
        if not parts:
            raise NotOfficeError
        unpacking = Unpacking()
        for part in parts:
            with archive.open(part) as stream:
                words_of(stream, budget, unpacking)
    return None


def _parts(
    names: Iterable[str], pattern: re.Pattern[str], place: Callable[[str], int]
) -> list[str]:
    found = {name: match for name in names if (match := pattern.fullmatch(name))}
    return sorted(found, key=lambda name: (place(found[name][1]), int(found[name][2] or 0)))
