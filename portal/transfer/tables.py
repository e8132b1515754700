"""The rows of a CSV file or a workbook: encoding, separator and header are found, not asked for."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portal.core.encoding import NotTextError, decode
from portal.core.i18n import lazy_gettext as _l
from portal.core.spreadsheet import unquoted
from portal.core.text import block, line
from portal.transfer.sheets import Book, Cells
from portal.transfer.wrong import Wrong

CSV = (".csv", ".tsv")
WORKBOOKS = (".xlsx",)
MOST_ROWS = 50_000
MOST_COLUMNS = 200
SEPARATORS = (",", ";", "\t", "，", "；")
# Spreadsheets often carry a title above the header.
HEADER_WITHIN = 10
LONGEST_CELL = 200_000
# What a heading means, or None: the line that has most of them is the header.
Known = Callable[[str], str | None]


@dataclass(frozen=True)
class Rows:
    """The header, and below it the lines that hold something, by their number in the file.

    `sheets` are those of a workbook that hold something and `sheet` is the one that was read;
    `told` counts what is read in a way that people should know: merged cells, formulas.
    """

    header: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    header_line: int = 1
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    told: Mapping[str, int] = field(default_factory=dict)


def read_rows(
    name: str, content: bytes, known: Known, *, sheet: str = "", header_line: int = 0
) -> Rows:
    """The table in the bytes of a file. Raises `Wrong` when there is none.

    Without a `sheet` the first one that has rows is read, and without a `header_line` the line
    with the most known headings is the header.
    """
    if not name.lower().endswith(WORKBOOKS):
        return _table(_limited(_csv(content, known)), known, header_line)
    book = Book(content, MOST_ROWS + HEADER_WITHIN + 1)
    names = book.names()
    if not names:
        raise Wrong(_l("The file is empty."))
    if sheet in names:
        return _of_sheet(book, sheet, names, known, header_line)
    for each in names[:-1]:
        try:
            return _of_sheet(book, each, names, known, header_line)
        except Wrong:
            continue
    return _of_sheet(book, names[-1], names, known, header_line)


def _of_sheet(
    book: Book, name: str, names: tuple[str, ...], known: Known, header_line: int
) -> Rows:
    rows, told = book.rows(name)
    found = _table(_limited(rows), known, header_line)
    told = {what: count for what, count in told.items() if count}
    return Rows(found.header, found.lines, found.header_line, names, name, told)


def _table(found: list[tuple[int, Cells]], known: Known, header_line: int) -> Rows:
    if not found:
        raise Wrong(_l("The file is empty."))
    if header_line:
        place = next((at for at, (number, _) in enumerate(found) if number == header_line), None)
        if place is None:
            raise Wrong(_l("Line %(line)d is empty, so it cannot hold the headings.",
                           line=header_line))
    else:
        place = _header_place(found, known)
    header = _header(found[place][1])
    width = len(header)
    lines = tuple(
        (number, tuple((cells + [""] * width)[:width])) for number, cells in found[place + 1:]
    )
    if not lines:
        raise Wrong(_l("There is a header, but no row below it."))
    return Rows(header, lines, found[place][0])


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


def _header_place(found: list[tuple[int, Cells]], known: Known) -> int:
    """The line with the most known headers; the first when nothing is known."""
    return max(range(min(len(found), HEADER_WITHIN)),
               key=lambda place: (_count_known(found[place][1], known), -place))


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


def _count_known(cells: Cells, known: Known) -> int:
    return len({known(cell) for cell in cells} - {None})


def _csv(content: bytes, known: Known) -> Iterator[tuple[int, Cells]]:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Wrong(_l("This is a workbook, whatever its name says. Save it as .xlsx or as CSV."))
    try:
        text = decode(content)
    except NotTextError:
        raise Wrong(_l("It is not a text file, whatever its name says.")) from None
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, known))
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


def _separator(text: str, known: Known) -> str:
    """The one that yields the most known headers, else the most columns."""
    first = text.split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    beginning = text[:20_000].splitlines()[:HEADER_WITHIN]

    def yields(separator: str) -> tuple[int, int]:
        rows = [row.replace('"', "").split(separator) for row in beginning]
        return (max((_count_known(row, known) for row in rows), default=0),
                max(map(len, rows), default=0))

    return max(SEPARATORS, key=yields)
