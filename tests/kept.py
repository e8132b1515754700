"""Contents of the portal that tests return to: the database and the index together."""

import shutil
from pathlib import Path

from flask import Flask

from portal.config import Settings
from portal.search.engines import make_engine
from tests.databases import Database


class Kept:
    """What the portal held when `keep(name)` was called, as often as it is needed again."""

    def __init__(self, app: Flask, database: Database) -> None:
        self._app = app
        self._database = database
        self._settings: Settings = app.extensions["settings"]
        self._names: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def keep(self, name: str) -> None:
        """Remember the present contents."""
        self._database.keep(name)
        shutil.copytree(self._settings.index, self._copy(name))
        self._names.add(name)

    def put_back(self, name: str) -> None:
        """Return to them; attachments stay, nobody sees them without their rows."""
        self._database.put_back(name)
        if _files(self._settings.index) == _files(self._copy(name)):
            return
        while self._settings.index.exists():
            # Somebody may still write the last document of the test before.
            shutil.rmtree(self._settings.index, ignore_errors=True)
        shutil.copytree(self._copy(name), self._settings.index)
        self._app.extensions["search_engine"] = make_engine(self._settings)

    def _copy(self, name: str) -> Path:
        return self._settings.data / f"kept-index-{name}"


def _files(folder: Path) -> set[tuple[Path, int, int]]:
    """The files of an index as they stand: a copy has the sizes and times of its original."""
    found = [(path, path.stat()) for path in folder.rglob("*") if path.is_file()]
    return {(path.relative_to(folder), stat.st_size, stat.st_mtime_ns) for path, stat in found}
