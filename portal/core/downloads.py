"""Tables as files to keep."""

import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response

from portal.core.spreadsheet import as_csv
from portal.core.workbook import Sheet, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_file(response: Response, name: str) -> Response:
    """The answer as a file to keep. A header is ASCII: a Chinese name travels encoded (RFC 6266),
    with what is plain of it for programs that know no better."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    response.headers.set("Content-Disposition", "attachment", **{
        "filename": plain.strip(), "filename*": f"UTF-8''{quote(name, safe='')}",
    })
    return response


def csv_file(name: str, rows: Iterable[Iterable[object]]) -> Response:
    """The rows as a CSV file. Its mark says UTF-8, which spreadsheets would not guess."""
    return as_file(Response("\ufeff" + as_csv(rows), mimetype="text/csv"), name)


def excel_file(name: str, sheets: Iterable[Sheet]) -> Response:
    """The tables as an Excel workbook."""
    return as_file(Response(workbook(sheets), mimetype=XLSX), name)
