"""Tables as an Excel workbook that carries no formula and reads well in Chinese."""

import io
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from portal.core import clock

# What neither XML nor Excel takes: control signs, halves of surrogate pairs, non-characters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767
LONGEST_TITLE = 31
# Excel keeps 15 digits of a number; longer ones are names, such as a phone's or a company's.
MOST_DIGITS = 15
NARROWEST, WIDEST = 8, 60
# As many rows are looked at before the first is written, for the widths of the columns.
MEASURED = 200
FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd"}

Row = Iterable[object]


@dataclass(frozen=True)
class Sheet:
    """One table: its title, the words over the columns, and the rows, which may be a stream."""

    title: str
    header: Sequence[object]
    rows: Iterable[Row]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets as an .xlsx file. Rows are written as they come, so a long table stays small.

    Dates, Decimals and numbers are cells of their kind, everything else is text: what begins
    like a formula stays what it says.
    """
    book = Workbook(write_only=True)
    titles: set[str] = set()
    for sheet in sheets:
        _write(book.create_sheet(title_for(sheet.title, titles)), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def title_for(wanted: str, taken: set[str]) -> str:
    """A title that Excel takes and no other sheet has; it is noted in `taken`."""
    plain = NOT_IN_TITLES.sub(" ", FORBIDDEN.sub("", str(wanted)))
    plain = " ".join(plain.split())[:LONGEST_TITLE].strip(" '") or "Sheet"
    # Excel keeps this word for itself.
    plain = f"{plain} 1" if plain.casefold() == "history" else plain
    title, number = plain, 2
    while title.casefold() in taken:
        ending = f" {number}"
        title, number = plain[: LONGEST_TITLE - len(ending)] + ending, number + 1
    taken.add(title.casefold())
    return title


def _write(page: Any, sheet: Sheet) -> None:
    rows = (list(row) for row in sheet.rows)
    first = list(islice(rows, MEASURED))
    # Widths and the frozen header stand in the file before the rows.
    for number, width in enumerate(_widths([list(sheet.header), *first]), start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.freeze_panes = "A2"
    bold = Font(bold=True)
    header = [_cell(page, str(word)) for word in sheet.header]
    for cell in header:
        cell.font, cell.alignment = bold, Alignment(vertical="top", wrap_text=True)
    page.append(header)
    for row in chain(first, rows):
        page.append([_cell(page, value) for value in row])


def _cell(page: Any, value: object) -> Any:
    value = plain_value(value)
    cell = WriteOnlyCell(page, value=value)  # type: ignore[arg-type]
    if isinstance(value, str):
        # openpyxl would make a formula of "=…" and an error of "#N/A".
        cell.data_type = "s"
        if value.startswith(FORMULA_SIGNS):
            # Stays text even when somebody opens the cell and presses Enter.
            cell.quotePrefix = True
        if "\n" in value:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    elif isinstance(value, date):
        cell.number_format = FORMATS[datetime if isinstance(value, datetime) else date]
    return cell


def plain_value(value: object) -> bool | int | float | Decimal | date | time | str | None:
    """What a cell can hold of any value; moments in the portal's zone."""
    if value is None or isinstance(value, bool | time):
        return value
    if isinstance(value, int) and len(str(abs(value))) <= MOST_DIGITS:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(clock.zone()).replace(tzinfo=None)
    # Excel's calendar begins in 1900.
    if isinstance(value, date) and value.year > 1900:
        return value
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return FORBIDDEN.sub("", text)[:LONGEST_CELL]


def _widths(rows: Iterable[Sequence[object]]) -> list[float]:
    widths: list[float] = []
    for row in rows:
        widths += [NARROWEST] * (len(row) - len(widths))
        for number, value in enumerate(row):
            widths[number] = max(widths[number], min(_width(value) + 2, WIDEST))
    return widths


def _width(value: object) -> int:
    """In half-width signs: a Chinese sign takes two."""
    if isinstance(value, datetime):
        return len(FORMATS[datetime])
    text = "" if value is None else str(value)[:1000]
    lines = text.split("\n")
    return max(sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line)
               for line in lines)
