"""Tables as files to keep."""

from collections.abc import Iterable

from flask import Response

from portal.core.spreadsheet import as_csv
from portal.core.workbook import Sheet, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(name: str, rows: Iterable[Iterable[object]]) -> Response:
    """The rows as a CSV file. Its mark says UTF-8, which spreadsheets would not guess."""
    response = Response("\ufeff" + as_csv(rows), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def excel_file(name: str, sheets: Iterable[Sheet]) -> Response:
    """The tables as an Excel workbook."""
    response = Response(workbook(sheets), mimetype=XLSX)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
