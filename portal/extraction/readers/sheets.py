"""Workbooks: the names of sheets and the cells, row by row, as they are shown."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineWorkbook

from portal.extraction.budget import Budget

MOST_ROWS = 20_000


def read(path: Path, budget: Budget) -> None:
    """Raises `CalamineError` for damaged and protected workbooks."""
    with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
        for name in workbook.sheet_names:
            budget.take(f"{name}\n")
            for number, row in enumerate(workbook.get_sheet_by_name(name).iter_rows()):
                if number == MOST_ROWS:
                    break
                cells = [shown(cell) for cell in row if cell != ""]
                if cells:
                    budget.take(" ".join(cells) + "\n")


def shown(cell: int | float | str | bool | time | date | datetime | timedelta) -> str:
    """A cell in words: whole numbers without a point, days without a time."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        # Fifteen digits, as spreadsheets show: 0.1 + 0.2 is 0.3.
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes").removesuffix(" 00:00")
    return str(cell)
