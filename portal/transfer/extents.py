"""How far the sheets of a workbook reach, told before anything opens them.

Readers keep the whole rectangle from the first cell to the last in memory, empty ones included:
one cell in the last corner of a sheet is a workbook of a few kilobytes and of many gigabytes.
"""

import re
import zipfile

from portal.core.i18n import lazy_gettext as _l
from portal.transfer.wrong import Wrong

MOST_CELLS = 5_000_000
# A sign above another inside of quotation marks is no end of the tag.
TAG = re.compile(rb"<(?:[\w.-]+:)?(row|c)((?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)>")
PLACE = re.compile(rb"\sr\s*=\s*[\"']\$?([A-Za-z]{0,7})\$?(\d{1,9})[\"']")


def demand_small(archive: zipfile.ZipFile) -> None:
    """Raises `Wrong` when one of the sheets reaches too far."""
    for member in archive.infolist():
        last_row, last_column = extent(archive.read(member))
        if last_row * last_column > MOST_CELLS:
            raise Wrong(_l(
                "A sheet reaches to line %(line)d and column %(column)s, with almost nothing in "
                "between. Delete what stands far below or to the right, or save the table as CSV.",
                line=last_row, column=column_name(last_column)))


def extent(xml: bytes) -> tuple[int, int]:
    """The last line and the last column with something in it; cells without a place follow each
    other, and empty ones do not count."""
    last_row = last_column = row = column = 0
    for tag in TAG.finditer(xml):
        place = PLACE.search(tag[2])
        if tag[1] == b"row":
            row, column = int(place[2]) if place else row + 1, 0
            continue
        column += 1
        if place and place[1]:
            row, column = int(place[2]), _column(place[1])
        if not tag[2].endswith(b"/"):
            last_row, last_column = max(last_row, row), max(last_column, column)
    return last_row, last_column


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def column_name(number: int) -> str:
    """As a spreadsheet writes it: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
