"""Uploads and exports as files of the data folder: written whole, found by name, kept for days."""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from portal.core.i18n import lazy_gettext as _l
from portal.transfer.wrong import Wrong

PIECE = 1024 * 1024
KEPT_DAYS = 7


@dataclass(frozen=True)
class Sent:
    """A file as the browser sends it; the name of one in a folder is its path."""

    name: str
    stream: BinaryIO


def upload_path(folder: Path, digest: str) -> Path:
    return folder / "uploads" / digest


def export_path(folder: Path, token: str) -> Path:
    return folder / "exports" / token


def new_export(folder: Path) -> tuple[str, Path]:
    """A name that nobody guesses, and the path of the file to write."""
    token = secrets.token_hex(16)
    path = export_path(folder, token)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return token, path


def copy_limited(source: BinaryIO, target: object, most: int) -> int:
    """Copy in pieces; its size. Raises `Wrong` as soon as there is more than `most` bytes."""
    size = 0
    while piece := source.read(PIECE):
        size += len(piece)
        if size > most:
            raise Wrong(_l("An import takes at most %(limit)d MB.", limit=most >> 20))
        target.write(piece)  # type: ignore[attr-defined]
    return size


def keep_upload(file: BinaryIO, folder: Path) -> tuple[str, int]:
    """Give a file from `incoming` its place under its hash; the hash and the size."""
    file.flush()
    path = Path(file.name)
    digest, size = _digest(path), path.stat().st_size
    os.fsync(file.fileno())
    target = upload_path(folder, digest)
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
    return digest, size


@contextmanager
def incoming(folder: Path) -> Iterator[BinaryIO]:
    """A file that disappears unless it was moved to its place."""
    (folder / "uploads").mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder / "uploads", prefix=".", delete=False) as file:
        try:
            yield file  # type: ignore[misc]
        finally:
            Path(file.name).unlink(missing_ok=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
