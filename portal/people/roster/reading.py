"""From the bytes of a file to a table: encoding, separator and header are found, not asked for."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.core.spreadsheet import unquoted
from portal.core.text import line
from portal.people.roster.columns import REQUIRED, field_of

LARGEST = 1024 * 1024
MOST_ROWS = 5000
SEPARATORS = (",", ";", "\t", "，", "；")
# Spreadsheets often carry a title above the header.
HEADER_WITHIN = 5


class Unreadable(Exception):  # noqa: N818
    """The file as a whole cannot be used: `reason` is a code, `detail` what it is about."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True)
class Row:
    """One line of the file: its number, and its non-empty cells by field."""

    line: int
    cells: Mapping[str, str]
    # Cells beyond the header: a separator inside a value was not quoted.
    overflows: bool = False


@dataclass(frozen=True)
class Table:
    """The rows below the header, and the headers that mean nothing to the portal."""

    rows: tuple[Row, ...]
    ignored: tuple[str, ...]


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030. Raises `Unreadable`."""
    if len(data) > LARGEST:
        raise Unreadable("large")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("workbook")
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.removeprefix("\ufeff")
    raise Unreadable("not_text")


def _candidates(data: bytes) -> tuple[str, ...]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if b"\x00" in data:
        # Separators and line ends are Latin: their zero byte shows which half comes first.
        little = data[1::2].count(0) >= data[0::2].count(0)
        return ("utf-16-le",) if little else ("utf-16-be",)
    return ("utf-8", "gb18030")


def table(text: str) -> Table:
    """The table in a text. Raises `Unreadable` when there is no header or nothing below it."""
    separator = _separator(text)
    try:
        lines = list(_lines(text, separator))
    except csv.Error as error:
        raise Unreadable("not_csv") from error
    place = max(range(min(len(lines), HEADER_WITHIN)), default=None,
                key=lambda number: (_known(lines[number][1]), -number))
    if place is None:
        raise Unreadable("empty")
    header = lines[place][1]
    fields = _fields(header)
    rows = tuple(_row(number, cells, fields) for number, cells in lines[place + 1:])
    if not rows:
        raise Unreadable("no_rows")
    if len(rows) > MOST_ROWS:
        raise Unreadable("too_many", str(MOST_ROWS))
    ignored = [line(title) for title, field in zip(header, fields, strict=True) if field is None]
    return Table(rows, tuple(title for title in ignored if title))


def _separator(text: str) -> str:
    """The one that yields the most known headers; the comma when several do."""
    first = text.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    beginning = text[:20_000].splitlines()[:HEADER_WITHIN]

    def yields(separator: str) -> int:
        return max((_known(row.replace('"', "").split(separator)) for row in beginning), default=0)

    return max(SEPARATORS, key=yields)


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Every line that holds something, with the number an editor shows for its beginning."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    begins = 1
    for cells in reader:
        is_hint = begins == 1 and len(cells) == 2 and cells[0].strip().lower() == "sep="
        if any(line(cell) for cell in cells) and not is_hint:
            yield begins, cells
        begins = reader.line_num + 1


def _known(cells: list[str]) -> int:
    return len({field_of(cell) for cell in cells} - {None})


def _fields(header: list[str]) -> list[str | None]:
    fields = [field_of(title) for title in header]
    if not any(fields):
        raise Unreadable("no_header")
    if missing := [field for field in REQUIRED if field not in fields]:
        raise Unreadable("missing_column", " ".join(missing))
    for field in fields:
        if field is not None and fields.count(field) > 1:
            twice = [line(title) for title in header if field_of(title) == field]
            raise Unreadable("double_column", ", ".join(twice))
    return fields


def _row(number: int, cells: list[str], fields: list[str | None]) -> Row:
    found = {
        field: unquoted(line(cell))
        for field, cell in zip(fields, cells, strict=False)
        if field is not None and line(cell)
    }
    return Row(number, found, any(line(cell) for cell in cells[len(fields):]))
