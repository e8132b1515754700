"""Commits that survive a power cut, and sums by which later damage is noticed."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .library import FileStorage

# Sums stand behind the table of contents in its file, where Whoosh no longer reads.
_MARK = b"\nsums "
_BLOCK = 1 << 20


class DurableStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh never forces its files to disk. Here a commit does so before it counts: Whoosh ends
    it by renaming the new table of contents, and renames nothing else."""

    def __init__(self, path: str, sums: dict[str, int] | None = None) -> None:
        super().__init__(path)
        self._sums = dict(sums or {})
        self._new: set[str] = set()

    def create_file(self, name: str, **more: Any) -> Any:
        self._new.add(name)
        return super().create_file(name, **more)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        folder, new = Path(self.folder), self._new - {oldname}
        for name in sorted(new):
            # Segments are put together from files that are gone by now.
            if (folder / name).exists():
                self._sums[name] = _sum(folder / name)
                sync(folder / name)
        self._sums = {name: each for name, each in self._sums.items() if (folder / name).exists()}
        with (folder / oldname).open("ab") as file:
            content = (folder / oldname).read_bytes()
            text = json.dumps({"contents": zlib.crc32(content), "files": self._sums})
            file.write(_MARK + text.encode())
        sync(folder / oldname)
        super().rename_file(oldname, newname, safe=safe)
        sync(folder)
        self._new.clear()

    def verify(self, names: Iterable[str] | None = None) -> None:
        """Read files, all or these. Raises `ValueError` for one that is not as it was written."""
        for name in self._sums if names is None else names:
            if _sum(Path(self.folder) / name) != self._sums.get(name):
                raise ValueError(f"{name} was changed")


def open_durable(folder: Path, contents: str) -> DurableStorage:
    """The storage as this table of contents left it. Raises `ValueError` when that was changed."""
    data, mark, text = (folder / contents).read_bytes().rpartition(_MARK)
    found = json.loads(text) if mark else {}
    if found.get("contents") != zlib.crc32(data):
        raise ValueError(f"{contents} was changed")
    return DurableStorage(str(folder), found["files"])


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            total = zlib.crc32(block, total)
    return total
