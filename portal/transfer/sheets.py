"""The sheets of a workbook: their cells as shown, and what is to be told of them."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from portal.core.i18n import lazy_gettext as _l
from portal.extraction.readers.sheets import shown
from portal.transfer.extents import demand_small
from portal.transfer.wrong import Wrong

# A workbook of so many bytes of XML needs several times as much memory to read.
MOST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 200
FREE_BYTES = 10 * 1024 * 1024
PIECE = 1024 * 1024
# A cell that is calculated, and one whose result was never saved with it.
MARKS = {
    "formulas": (b"<f>", b"<f ", b"<f/>"),
    "without_result": (b"</f></c>", b"</f><v/></c>", b"</f><v /></c>", b"</f><v></v></c>"),
}
LONGEST_MARK = 16
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?>")
ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
RELATION = re.compile(rb"<Relationship\s[^>]*?>")
Cells = list[str]


class Book:
    """An opened workbook. Raises `Wrong` for what is none."""

    def __init__(self, content: bytes, most_rows: int) -> None:
        _demand_reasonable(content)
        self._content, self._most = content, most_rows
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except (CalamineError, OSError, ValueError):
            raise damaged() from None

    def names(self) -> tuple[str, ...]:
        """The sheets that hold something."""
        return tuple(name for name in self._book.sheet_names if self._sheet(name).height)

    def rows(self, name: str) -> tuple[list[tuple[int, Cells]], dict[str, int]]:
        """The rows of a sheet by their numbers, and how much of it needs telling."""
        sheet = self._sheet(name)
        try:
            rows = sheet.to_python(skip_empty_area=False, nrows=self._most)
        except (CalamineError, OSError, ValueError):
            raise damaged() from None
        ranges = getattr(sheet, "merged_cell_ranges", None) or ()
        _spread(rows, ranges)
        told = {"merged": len(ranges), **self._formulas(name)}
        return ([(number, [shown(cell) for cell in row])
                 for number, row in enumerate(rows, start=1)], told)

    def _sheet(self, name: str) -> Any:
        try:
            return self._book.get_sheet_by_name(name)
        except (CalamineError, OSError, ValueError):
            raise damaged() from None

    def _formulas(self, name: str) -> dict[str, int]:
        """Cells that are calculated: counted, because only their saved results are read."""
        with zipfile.ZipFile(io.BytesIO(self._content)) as archive:
            path = _paths(archive).get(name)
            if path is None or path not in archive.namelist():
                return {}
            with archive.open(path) as file:
                return _counted(iter(lambda: file.read(PIECE), b""))


def damaged() -> Wrong:
    return Wrong(_l("It is damaged, protected by a password, or no workbook (.xlsx)."))


def _paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where in the archive each sheet lies."""
    try:
        book = archive.read("xl/workbook.xml")
        relations = archive.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        return {}
    targets = {}
    for tag in RELATION.findall(relations):
        values = dict(ATTRIBUTE.findall(tag))
        targets[values.get(b"Id")] = values.get(b"Target", b"")
    found = {}
    for tag in SHEET.findall(book):
        values = dict(ATTRIBUTE.findall(tag))
        name = _plain(values.get(b"name", b""))
        target = targets.get(values.get(b"r:id"), b"").decode(errors="replace")
        found[name] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _plain(written: bytes) -> str:
    text = written.decode(errors="replace")
    for sign, code in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&apos;"),
                       ("&", "&amp;")):
        text = text.replace(code, sign)
    return text


def _counted(pieces: Iterator[bytes]) -> dict[str, int]:
    """A mark may be cut in two by the end of a piece: its beginning is looked at once more."""
    counts = dict.fromkeys(MARKS, 0)
    rest = b""
    for piece in pieces:
        text = rest + piece
        for name, marks in MARKS.items():
            counts[name] += sum(text.count(mark) - rest.count(mark) for mark in marks)
        rest = text[-LONGEST_MARK:]
    return counts


def _spread(rows: list[list[Any]], ranges: Iterable[Any]) -> None:
    """A cell merged over several rows means its value for each of them."""
    # Merged cells do not overlap; a file in which they do is not worth more work than that.
    left_to_fill = sum(map(len, rows))
    for (top, left), (bottom, right) in ranges:
        # Wide ones are titles.
        if left != right or top >= len(rows) or left >= len(rows[top]):
            continue
        left_to_fill -= min(bottom, len(rows)) - top
        if left_to_fill < 0:
            return
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "":
                row[left] = rows[top][left]


def _demand_reasonable(content: bytes) -> None:
    """Refuse what would burst the memory when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            total = sum(member.file_size for member in archive.infolist())
            if total > MOST_UNPACKED or (total > FREE_BYTES and total > MOST_RATIO * len(content)):
                raise Wrong(_l("Unpacked, this workbook would be %(size)d MB: too large to be "
                               "true.", size=total >> 20))
            demand_small(archive)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError,
            zlib.error):
        raise damaged() from None
