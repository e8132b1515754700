"""Uploads of tables of leads: kept under their hash, read as their import says."""

from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.leads.transfer.columns import field_of
from portal.leads.transfer.models import LeadImport
from portal.transfer.tables import CSV, WORKBOOKS, Rows, read_rows
from portal.transfer.uploads import Sent, copy_limited, incoming, keep_upload, upload_path
from portal.transfer.wrong import Wrong

ACCEPTED = (*CSV, ".txt", *WORKBOOKS)


@dataclass(frozen=True)
class Stored:
    """An upload that lies in the data folder, and the table in it."""

    name: str
    sha256: str
    size: int
    rows: Rows


def most_bytes() -> int:
    """How large a table may be."""
    limit: int = current_app.extensions["settings"].import_mb
    return limit << 20


def folder() -> Path:
    found: Path = current_app.extensions["settings"].transfers
    return found


def store_upload(sent: Sent | None, where: Path, most: int) -> Stored:
    """Keep what was sent under its hash. Raises `Wrong` for what is no table of leads."""
    if sent is None or not sent.name:
        raise Wrong(_l("Choose a file."))
    name = line(sent.name.replace("\\", "/").split("/")[-1])[-200:]
    if not name.lower().endswith(ACCEPTED):
        raise Wrong(_l("This is no table: choose a file that ends in .xlsx or .csv. Save an older "
                       "workbook (.xls) as .xlsx first."))
    with incoming(where) as file:
        copy_limited(sent.stream, file, most)
        file.flush()
        # Damage is told at once.
        rows = read_rows(name, Path(file.name).read_bytes(), field_of)
        digest, size = keep_upload(file, where)
    return Stored(name, digest, size, rows)


def rows_of(found: LeadImport, where: Path) -> Rows:
    """The table as the import reads it. Raises `Refused` when it is gone, `Wrong` when it is
    none."""
    return read_again(found, where, found.sheet, found.header_line)


def read_again(found: LeadImport, where: Path, sheet: str, header_line: int) -> Rows:
    """The table from another sheet, or with its headings elsewhere."""
    path = upload_path(where, found.sha256)
    if not path.exists():
        raise Refused(_l("The uploaded file is no longer kept. Upload it once more."))
    return read_rows(found.name, path.read_bytes(), field_of, sheet=sheet,
                     header_line=header_line)
