"""Tables as files to keep."""

from collections.abc import Iterable

from flask import Response

from portal.core.spreadsheet import as_csv


def csv_file(name: str, rows: Iterable[Iterable[object]]) -> Response:
    """The rows as a CSV file. Its mark says UTF-8, which spreadsheets would not guess."""
    response = Response("\ufeff" + as_csv(rows), mimetype="text/csv")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
