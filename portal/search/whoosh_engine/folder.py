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
from datetime import UTC, datetime
from pathlib import Path

from ..analyzer import ANALYZER_VERSION
from ..engine import IndexBroken, IndexBusy
from .durable import sync
from .library import TOC, FileLock
from .schema import FORMAT_VERSION

_MARKER = "current.json"
_LOCK = "write.lock"
_REBUILDING = "rebuild.lock"
_DRAFT = "current.draft"
_PREFIX = "index-"
INDEX_NAME = "MAIN"
_LOCK_DELAY = 0.02
_SMALL_COMMIT = 64 * 1024


@dataclass(frozen=True, slots=True)
class Marker:
    """Which index is in use and what wrote it. Index files hold pickles, so nothing is opened
    that this marker does not vouch for."""

    index: str
    analyzer: int
    format: int = FORMAT_VERSION
    # When its rebuild ended.
    built: datetime | None = None

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
            built = datetime.fromisoformat(found["built"]) if "built" in found else None
            marker = Marker(str(found["index"]), int(found["analyzer"]), built=built)
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

    def next_marker(self) -> Marker:
        """For a rebuild; not yet in use."""
        return Marker(_PREFIX + secrets.token_hex(4), ANALYZER_VERSION)

    def make_room(self, marker: Marker) -> None:
        """An empty folder for it. What killed rebuilds left goes first: the disk may be full."""
        self.drop_others()
        self.index_path(marker).mkdir()

    def _name_in_use(self) -> str | None:
        # Whatever its format: processes of an older version may still read it.
        try:
            return str(json.loads((self.root / _MARKER).read_text("utf-8"))["index"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def switch_to(self, marker: Marker) -> None:
        """Put an index in use at once and for all processes, then drop the others.

        Readers that still map files of an old index keep them until they look again.
        """
        built = datetime.now(UTC).isoformat(timespec="seconds")
        found = {"format": marker.format, "analyzer": marker.analyzer, "index": marker.index,
                 "built": built}
        draft = self.root / _DRAFT
        draft.write_text(json.dumps(found), "utf-8")
        sync(draft)
        os.replace(draft, self.root / _MARKER)
        # Before the old index goes.
        sync(self.root)
        self.drop_others()

    def drop_others(self) -> None:
        """Remove indexes not in use; the caller holds the locks."""
        in_use = self._name_in_use()
        for path in self.root.glob(_PREFIX + "*"):
            if path.name != in_use:
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
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexBusy(f"unwritable: {error}") from error
        with self._locked(_REBUILDING, 1.0), self._locked(_LOCK, wait):
            yield

    @property
    def is_rebuilding(self) -> bool:
        """Whether somebody rebuilds now. Where nothing can be written, nobody does."""
        lock = FileLock(str(self.root / _REBUILDING))
        try:
            if not lock.acquire():
                return True
        except OSError:
            return False
        lock.release()
        return False

    def try_writing(self) -> None:
        """Write as much as a small commit does, and remove it. Raises `OSError`."""
        draft = self.root / f"{_DRAFT}.{secrets.token_hex(4)}"
        try:
            draft.write_bytes(bytes(_SMALL_COMMIT))
            sync(draft)
        finally:
            draft.unlink(missing_ok=True)

    @contextmanager
    def _locked(self, name: str, wait: float) -> Iterator[None]:
        lock = FileLock(str(self.root / name))
        give_up = time.monotonic() + wait
        try:
            while not lock.acquire():
                if time.monotonic() >= give_up:
                    raise IndexBusy("busy: another writer holds the index")
                time.sleep(_LOCK_DELAY)
        except FileNotFoundError as error:
            raise IndexBroken(f"missing: {error}") from error
        except OSError as error:
            # A rebuild could not write either.
            raise IndexBusy(f"unwritable: {error}") from error
        try:
            yield
        finally:
            lock.release()
