"""Where an import comes from: a folder, a single file, or an archive; all read the same way."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from portal.cases.exchange.records import Problem, Wrong
from portal.core.i18n import lazy_gettext as _l

MARKDOWN = (".md", ".markdown")
WORD = (".docx",)
READABLE = (*MARKDOWN, *WORD)
# The folder of an export that holds the files of cases.
ATTACHMENTS = "attachments"
# What is readable by name but by no portal; the report says how to save it.
OLD_WORD = (".doc", ".wps")


@dataclass(frozen=True)
class Entry:
    """A file to import: its path in the folder, with `/`, and when it was last changed."""

    path: str
    modified: datetime | None


class Folder(Protocol):
    """Files by their path; `problems` and `others` say what was passed by."""

    problems: list[Problem]
    others: int

    def entries(self) -> list[Entry]:
        """The files to import, in the order of their paths."""

    def read(self, path: str, limit: int) -> bytes:
        """The bytes of a file in the folder. Raises `Wrong` when it is missing or larger."""


class Directory:
    """A folder of the file system; nothing outside of it is ever read."""

    def __init__(self, root: Path, only: Path | None = None) -> None:
        self.root = root.resolve()
        self.only = only
        self.problems: list[Problem] = []
        self.others = 0

    def entries(self) -> list[Entry]:
        paths = [self.only] if self.only else self._walk(self.root)
        found = []
        for path in paths:
            name = path.relative_to(self.root).as_posix()
            try:
                modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            except OSError as error:
                self.problems.append(Problem(name, 0, error.strerror or str(error)))
                continue
            found.append(Entry(name, modified))
        return sorted(found, key=lambda entry: entry.path)

    def _walk(self, folder: Path) -> Iterator[Path]:
        """Readable files; hidden ones are left out, links are followed only to files inside."""
        waiting = [folder]
        while waiting:
            try:
                children = sorted(os.scandir(waiting.pop()), key=lambda child: child.name)
            except OSError as error:
                self.problems.append(Problem(str(error.filename), 0, error.strerror))
                continue
            for child in children:
                path = Path(child.path)
                if child.name.startswith(".") or not self._stays_inside(path):
                    continue
                if child.is_dir(follow_symlinks=False):
                    waiting.append(path)
                elif child.is_file() and takes(path.relative_to(self.root).as_posix()):
                    yield path
                else:
                    self.others += child.is_file()

    def _stays_inside(self, path: Path) -> bool:
        if not path.is_symlink() or path.resolve().is_relative_to(self.root):
            return True
        name = path.relative_to(self.root).as_posix()
        self.problems.append(
            Problem(name, 0, _l("It is a link that leads out of the imported folder."))
        )
        return False

    def read(self, path: str, limit: int) -> bytes:
        target = (self.root / path).resolve()
        if not target.is_relative_to(self.root) or not target.is_file():
            raise Wrong(_l("“%(file)s” is not there.", file=path))
        try:
            with target.open("rb") as file:
                content = file.read(limit + 1)
        except OSError as error:
            raise Wrong(error.strerror or str(error)) from None
        return within(content, limit)


def takes(path: str) -> bool:
    """Whether the file at this path in the folder is imported, or at least complained about.

    Where an export keeps the files of cases nothing is a case itself, whatever its name says: it
    would be open to everyone.
    """
    is_attached = ATTACHMENTS in path.split("/")[:-1]
    return not is_attached and path.lower().endswith((*READABLE, *OLD_WORD))


def within(content: bytes, limit: int) -> bytes:
    if len(content) > limit:
        raise Wrong(_l("It is larger than %(limit)d MB.", limit=max(limit >> 20, 1)))
    return content


def open_folder(path: Path) -> Folder:
    """The folder, the archive, or the one file that a path names. Raises `Wrong`."""
    from portal.cases.exchange.archive import Archive
    from portal.cases.exchange.table import Table
    from portal.cases.exchange.tables import CSV, WORKBOOKS, read_rows

    if path.is_dir():
        return Directory(path)
    if path.name.lower().endswith(READABLE):
        return Directory(path.resolve().parent, only=path.resolve())
    if path.name.lower().endswith(".zip"):
        return Archive(path)
    if path.name.lower().endswith((*CSV, *WORKBOOKS)):
        try:
            return Table(read_rows(path.name, path.read_bytes()))
        except OSError as error:
            raise Wrong(error.strerror or str(error)) from None
    raise Wrong(_l("It is neither a folder, a Markdown or Word file, a table (.csv, .xlsx), nor a "
                   "zip archive."))
