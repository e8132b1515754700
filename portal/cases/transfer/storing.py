"""Uploads of cases: single files, folders, archives or a table, kept under their hash."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from portal.cases.exchange.archive import Archive, Limits
from portal.cases.exchange.folders import READABLE
from portal.cases.exchange.records import Wrong
from portal.cases.exchange.tables import CSV, WORKBOOKS, Rows, read_rows
from portal.cases.transfer.rules import MOST_BYTES, MOST_FILES, MOST_TABLE_BYTES, MOST_UNPACKED
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.transfer.uploads import Sent, copy_limited, incoming, keep_upload

TABLES = (*CSV, *WORKBOOKS)
LIMITS = Limits(MOST_FILES, MOST_UNPACKED)


@dataclass(frozen=True)
class Stored:
    """An upload that lies in the data folder; `rows` when it is a table."""

    name: str
    format: str
    sha256: str
    size: int
    rows: Rows | None = None


def store_upload(files: Sequence[Sent], folder: Path) -> Stored:
    """Keep what was sent under its hash. Raises `Wrong` for what nobody can import."""
    sent = [file for file in files if file.name]
    if not sent:
        raise Wrong(_l("Choose a file or a folder."))
    if len(sent) > MOST_FILES:
        raise Wrong(_l("At most %(most)d files at once; send them as a zip in parts.",
                       most=MOST_FILES))
    name, lower = shown_name(sent), sent[0].name.lower()
    with incoming(folder) as file:
        if len(sent) == 1 and lower.endswith((".zip", *TABLES)):
            copy_limited(sent[0].stream, file, MOST_BYTES)
        elif any(each.name.lower().endswith(READABLE) for each in sent):
            _pack(sent, file)
        else:
            raise Wrong(_l("There is nothing to import in it: Markdown (.md), Word (.docx), a "
                           "table (.csv, .xlsx) or a .zip."))
        file.flush()
        rows = _checked(Path(file.name), lower if len(sent) == 1 else "")
        digest, size = keep_upload(file, folder)
    return Stored(name, "table" if rows else "files", digest, size, rows)


def shown_name(files: Sequence[Sent]) -> str:
    """What the upload is called: the file, or the folder."""
    first = line(files[0].name.replace("\\", "/").strip("/"))
    parts = first.split("/")
    return (parts[-1] if len(files) == 1 else parts[0])[-200:]


def _checked(path: Path, name: str) -> Rows | None:
    """Open what was stored, so that damage is told at once; the rows of a table."""
    if not name.endswith(TABLES):
        Archive(path, LIMITS)
        return None
    if path.stat().st_size > MOST_TABLE_BYTES:
        raise Wrong(_l("A table may have %(limit)d MB; split the file.",
                       limit=MOST_TABLE_BYTES >> 20))
    return read_rows(name, path.read_bytes())


def _pack(files: Sequence[Sent], target: BinaryIO) -> None:
    """Single files as one archive; a common folder above them is left out, as if it had been
    given on the command line."""
    names = [file.name.replace("\\", "/").lstrip("/") for file in files]
    tops = {name.split("/")[0] for name in names}
    cut = len(tops.pop()) + 1 if len(tops) == 1 and all("/" in name for name in names) else 0
    total = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, file in zip(names, files, strict=True):
            with archive.open(zipfile.ZipInfo(name[cut:]), "w") as member:
                total += copy_limited(file.stream, member, MOST_BYTES)
                if total > MOST_BYTES:
                    raise Wrong(_l("An import takes at most %(limit)d MB.",
                                   limit=MOST_BYTES >> 20))
