"""Where the passwords of the sample people are kept, and how they are shown."""

import os
from collections.abc import Iterable
from pathlib import Path
from unicodedata import east_asian_width

from flask import current_app

HEAD = ("who", "name", "login", "password")


def path() -> Path:
    """A file of this installation that only its owner reads."""
    folder: Path = current_app.extensions["settings"].data
    return folder / "sample-logins.txt"


def logins() -> str:
    """The sample logins as a table; empty when there is no sample department."""
    try:
        return path().read_text(encoding="utf-8").rstrip()
    except FileNotFoundError:
        return ""


def keep(rows: Iterable[tuple[str, str, str]], password: str) -> None:
    """Write down who (role, name, login) signs in with the password."""
    table = _table([HEAD, *((*row, password) for row in rows)])
    # Nobody else may read it even while it is being written.
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(handle, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"Sample logins\n\n{table}\n")


def forget() -> None:
    path().unlink(missing_ok=True)


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  " + "  ".join(_padded(*pair) for pair in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
