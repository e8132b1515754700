"""CSV that spreadsheets open without guessing, and that cannot carry a formula."""

import csv
import io
import re
from collections.abc import Iterable

# What a spreadsheet would run as a formula, already quoted or not.
FORMULA = re.compile("'*[=+\\-@\t\r＝＋－＠]")
QUOTED_FORMULA = re.compile("'+[=+\\-@\t\r＝＋－＠]")


def quoted(text: str) -> str:
    """The text, with a quote in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unquoted(text: str) -> str:
    """What `quoted` made its answer from."""
    return text[1:] if QUOTED_FORMULA.match(text) else text


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """The rows with commas and Windows line ends, as RFC 4180 has it; None is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow(["" if cell is None else quoted(str(cell)) for cell in row])
    return out.getvalue()
