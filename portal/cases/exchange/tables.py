"""The rows of a CSV file or a workbook: encoding, separator and header are found, not asked for."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from portal.cases.exchange.columns import field_of
from portal.cases.exchange.records import Wrong
from portal.core.encoding import NotTextError, decode
from portal.core.i18n import lazy_gettext as _l
from portal.core.spreadsheet import unquoted
from portal.core.text import block, line
from portal.extraction.readers.sheets import shown

CSV = (".csv", ".tsv")
WORKBOOKS = (".xlsx",)
MOST_ROWS = 50_000
MOST_COLUMNS = 200
SEPARATORS = (",", ";", "\t", "，", "；")
# Spreadsheets often carry a title above the header.
HEADER_WITHIN = 10
LONGEST_CELL = 200_000
# A workbook of so many bytes of XML needs several times as much memory to read.
MOST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 200
FREE_BYTES = 10 * 1024 * 1024
Cells = list[str]


@dataclass(frozen=True)
class Rows:
    """The header, and below it the lines that hold something, by their number in the file."""

    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]


def read_rows(name: str, content: bytes) -> Rows:
    """The table in the bytes of a file. Raises `Wrong` when there is none."""
    if name.lower().endswith(WORKBOOKS):
        found = _limited(_sheet(content))
    else:
        found = _limited(_csv(content))
    if not found:
        raise Wrong(_l("The file is empty."))
    place = _header_place(found)
    header = _header(found[place][1])
    width = len(header)
    lines = tuple(
        (number, tuple((cells + [""] * width)[:width])) for number, cells in found[place + 1:]
    )
    if not lines:
        raise Wrong(_l("There is a header, but no row below it."))
    return Rows(header, lines)


def _limited(rows: Iterable[tuple[int, Cells]]) -> list[tuple[int, Cells]]:
    """The rows that hold something, tidied; a table too large is refused."""
    found = []
    for number, cells in rows:
        tidied = [unquoted(block(cell).strip()) for cell in cells]
        while tidied and not tidied[-1]:
            tidied.pop()
        if not tidied:
            continue
        if len(tidied) > MOST_COLUMNS:
            raise Wrong(_l("A table has at most %(most)d columns.", most=MOST_COLUMNS), number)
        found.append((number, tidied))
        if len(found) > MOST_ROWS + HEADER_WITHIN:
            raise Wrong(_l("A table has at most %(most)d rows; split the file.", most=MOST_ROWS))
    return found


def _header_place(found: list[tuple[int, Cells]]) -> int:
    """The line with the most known headers; the first when nothing is known."""
    return max(range(min(len(found), HEADER_WITHIN)),
               key=lambda place: (_known(found[place][1]), -place))


def _header(cells: Cells) -> tuple[str, ...]:
    """Every column gets a name of its own."""
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = wanted = line(cell)[:80] or str(_l("Column %(number)d", number=number))
        again = 2
        while name in names:
            name, again = f"{wanted} ({again})", again + 1
        names.append(name)
    return tuple(names)


def _known(cells: Cells) -> int:
    return len({field_of(cell) for cell in cells} - {None})


def _csv(content: bytes) -> Iterator[tuple[int, Cells]]:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Wrong(_l("This is a workbook, whatever its name says. Save it as .xlsx or as CSV."))
    try:
        text = decode(content)
    except NotTextError:
        raise Wrong(_l("It is not a text file, whatever its name says.")) from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    begins = 1
    try:
        for cells in _long_cells(reader):
            is_hint = begins == 1 and text[:4].lower() == "sep="
            if not is_hint:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise Wrong(_l("This line is no CSV: a quotation mark or a cell has no end."),
                    begins) from None


def _long_cells(reader: Iterator[Cells]) -> Iterator[Cells]:
    """The rows, with cells as long as the text of a case. How long a cell may be is known to the
    whole process; other tables keep the limit that Python sets."""
    while True:
        usual = csv.field_size_limit(LONGEST_CELL)
        try:
            cells = next(reader, None)
        finally:
            csv.field_size_limit(usual)
        if cells is None:
            return
        yield cells


def _separator(text: str) -> str:
    """The one that yields the most known headers, else the most columns."""
    first = text.split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    beginning = text[:20_000].splitlines()[:HEADER_WITHIN]

    def yields(separator: str) -> tuple[int, int]:
        rows = [row.replace('"', "").split(separator) for row in beginning]
        return max((_known(row) for row in rows), default=0), max(map(len, rows), default=0)

    return max(SEPARATORS, key=yields)


def _sheet(content: bytes) -> Iterator[tuple[int, Cells]]:
    """The first sheet that holds something; merged cells hold their value in every row."""
    _demand_reasonable(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + HEADER_WITHIN + 1)
                if any(cell != "" for row in rows for cell in row):
                    _spread(rows, getattr(sheet, "merged_cell_ranges", None) or ())
                    yield from ((number, [shown(cell) for cell in row])
                                for number, row in enumerate(rows, start=1))
                    return
    except (CalamineError, OSError, ValueError):
        raise Wrong(_l("It is damaged, protected by a password, or no workbook (.xlsx).")) from None


def _spread(rows: list[list[Any]], ranges: Iterable[Any]) -> None:
    """A cell merged over several rows means its value for each of them."""
    for (top, left), (bottom, right) in ranges:
        # Wide ones are titles.
        if left != right or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "":
                row[left] = rows[top][left]


def _demand_reasonable(content: bytes) -> None:
    """Refuse what would burst the memory when unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            total = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Wrong(_l("It is damaged, protected by a password, or no workbook (.xlsx).")) from None
    if total > MOST_UNPACKED or (total > FREE_BYTES and total > MOST_RATIO * len(content)):
        raise Wrong(_l("Unpacked, this workbook would be %(size)d MB: too large to be true.",
                       size=total >> 20))
