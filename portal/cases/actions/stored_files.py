"""Bytes under their hash: written whole or not at all, the same ones once."""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path


def store(content: bytes, folder: Path) -> str:
    """Write the bytes under their hash; those that are there already count as new again, so that
    nobody sweeps them away before the row that names them is committed."""
    digest = hashlib.sha256(content).hexdigest()
    target = path_of(digest, folder)
    with suppress(FileNotFoundError):
        os.utime(target)
        return digest
    write_whole(content, target)
    return digest


def write_whole(content: bytes, target: Path) -> None:
    """A file that has its name only once it is written to the disk."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(target)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def path_of(digest: str, folder: Path) -> Path:
    return folder / digest[:2] / digest


def thumbnail_of(digest: str, size: int, folder: Path) -> Path:
    """Where the smaller picture of these bytes lies."""
    return folder / "thumbs" / digest[:2] / f"{digest}-{size}.webp"
