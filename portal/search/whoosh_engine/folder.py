"""The folder of an index: a marker that names the index in use, a lock, one index per rebuild."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..analyzer import ANALYZER_VERSION
from ..engine import IndexBroken, IndexBusy
from .library import TOC, FileLock
from .schema import FORMAT_VERSION

_MARKER = "current.json"
_LOCK = "write.lock"
_REBUILDING = "rebuild.lock"
_PREFIX = "index-"
INDEX_NAME = "MAIN"
_LOCK_DELAY = 0.02


@dataclass(frozen=True, slots=True)
class Marker:
    """Which index is in use and what wrote it. Index files hold pickles, so nothing is opened
    that this marker does not vouch for."""

    index: str
    analyzer: int
    format: int = FORMAT_VERSION

    @property
    def version(self) -> str:
        return f"{self.format}.{self.analyzer}"

    @property
    def is_current(self) -> bool:
        return self.analyzer == ANALYZER_VERSION


class IndexFolder:
    """Knows the files around Whoosh's own; several processes share them."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def index_path(self, marker: Marker) -> Path:
        return self.root / marker.index

    def stamp(self) -> tuple[int, int]:
        """Changes whenever the marker was replaced; refuses a missing one with IndexBroken."""
        try:
            found = os.stat(self.root / _MARKER)
        except OSError:
            raise IndexBroken("missing: there is no index yet") from None
        return found.st_ino, found.st_mtime_ns

    def marker(self) -> Marker:
        """The index in use; refuses with IndexBroken what is missing, damaged or of old format."""
        try:
            found = json.loads((self.root / _MARKER).read_text("utf-8"))
            if found["format"] != FORMAT_VERSION:
                raise IndexBroken(f"format: the index has format {found['format']}")
            marker = Marker(str(found["index"]), int(found["analyzer"]))
        except FileNotFoundError:
            raise IndexBroken("missing: there is no index yet") from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexBroken(f"damaged: marker unreadable ({error})") from error
        if Path(marker.index).name != marker.index or not marker.index.startswith(_PREFIX):
            raise IndexBroken("damaged: marker names a strange folder")
        return marker

    def generation(self, marker: Marker) -> int:
        """The number of the newest commit, from the names of the files."""
        newest = -1
        pattern = TOC._pattern(INDEX_NAME)
        try:
            for name in os.listdir(self.index_path(marker)):
                if match := pattern.match(name):
                    newest = max(newest, int(match.group(1)))
        except OSError as error:
            raise IndexBroken(f"damaged: {error}") from error
        if newest < 0:
            raise IndexBroken("damaged: no commit found")
        return newest

    def new_index(self) -> Marker:
        """A fresh empty folder for a rebuild, not yet in use."""
        marker = Marker(_PREFIX + secrets.token_hex(4), ANALYZER_VERSION)
        self.index_path(marker).mkdir(parents=True)
        return marker

    def switch_to(self, marker: Marker) -> None:
        """Put an index in use at once and for all processes, then drop the others.

        Readers that still map files of an old index keep them until they look again.
        """
        _sync_files(self.index_path(marker))
        text = json.dumps(
            {"format": marker.format, "analyzer": marker.analyzer, "index": marker.index}
        )
        draft = self.root / f"{_MARKER}.{secrets.token_hex(4)}"
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self.root / _MARKER)
        self.drop_others(marker)

    def drop_others(self, marker: Marker) -> None:
        for path in self.root.glob(_PREFIX + "*"):
            if path.name != marker.index:
                shutil.rmtree(path, ignore_errors=True)

    def discard(self, marker: Marker) -> None:
        shutil.rmtree(self.index_path(marker), ignore_errors=True)

    def size_bytes(self) -> int:
        total = 0
        for path in self.root.rglob("*"):
            try:
                total += path.stat().st_size if path.is_file() else 0
            except OSError:
                continue
        return total

    @contextmanager
    def writing(self, wait: float) -> Iterator[None]:
        """Hold the write lock; refuses with IndexBusy after `wait` seconds, or at once while the
        index is being rebuilt."""
        if self.is_rebuilding:
            raise IndexBusy("busy: the index is being rebuilt")
        with self._locked(_LOCK, wait):
            yield

    @contextmanager
    def rebuilding(self, wait: float) -> Iterator[None]:
        """Hold both locks, so that writers know at once that waiting is vain."""
        self.root.mkdir(parents=True, exist_ok=True)
        with self._locked(_REBUILDING, 1.0), self._locked(_LOCK, wait):
            yield

    @property
    def is_rebuilding(self) -> bool:
        lock = FileLock(str(self.root / _REBUILDING))
        if lock.acquire():
            lock.release()
            return False
        return True

    @contextmanager
    def _locked(self, name: str, wait: float) -> Iterator[None]:
        lock = FileLock(str(self.root / name))
        give_up = time.monotonic() + wait
        try:
            while not lock.acquire():
                if time.monotonic() >= give_up:
                    raise IndexBusy("busy: another writer holds the index")
                time.sleep(_LOCK_DELAY)
        except OSError as error:
            raise IndexBroken(f"missing: {error}") from error
        try:
            yield
        finally:
            lock.release()


def _sync_files(folder: Path) -> None:
    """Whoosh never forces its files to disk; a switch must not outlive them."""
    for path in [*folder.iterdir(), folder]:
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError:
            continue
        try:
            os.fsync(handle)
        except OSError:
            pass
        finally:
            os.close(handle)
