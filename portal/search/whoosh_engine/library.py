"""The parts of Whoosh 2.7.4 in use, imported quietly and with two repairs: the only import of it.

Whoosh copies every segment file into memory when it opens one; here it reads through the memory
map instead. The library no longer changes, so its internals are a stable ground (pin the version).
"""

from __future__ import annotations

import secrets
import warnings

with warnings.catch_warnings():
    # Compiling Whoosh warns about old spellings (`is 0`, escapes); nobody here can mend them.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.codec import base as codecs
    from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
    from whoosh.columns import NumericColumn, VarBytesColumn
    from whoosh.fields import COLUMN, FieldType, Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.structfile import BufferFile
    from whoosh.formats import Existence
    from whoosh.index import TOC, FileIndex
    from whoosh.query import Or, Term
    from whoosh.reading import SegmentReader, TermNotFound
    from whoosh.scoring import BM25F
    from whoosh.searching import Searcher
    from whoosh.util.filelock import FileLock
    from whoosh.util.numeric import byte_to_length
    from whoosh.writing import SegmentWriter

__all__ = [
    "BM25F", "COLUMN", "TOC", "BufferFile", "Existence", "FieldType", "FileIndex", "FileLock",
    "FileStorage", "NumericColumn", "Or", "Schema", "Searcher", "SegmentReader", "SegmentWriter",
    "Term", "TermNotFound", "VarBytesColumn", "W3Codec", "W3TermInfo", "byte_to_length",
]


def _random_name(size: int) -> str:
    return secrets.token_hex(size // 2)


# Names of segments must differ for ever, because we cache by them. Whoosh draws them from `random`,
# which whoever seeds it makes repeat.
codecs.random_name = _random_name


class _MappedView:
    """A read-only file over a memory map: only the bytes asked for are copied."""

    __slots__ = ("_buffer", "_position")

    def __init__(self, buffer: memoryview) -> None:
        self._buffer = buffer
        self._position = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self._position, len(self._buffer))[whence]
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        end = None if size is None or size < 0 else self._position + size
        data = bytes(self._buffer[self._position : end])
        self._position += len(data)
        return data

    def readinto(self, target: bytearray) -> int:
        data = self.read(len(target))
        target[: len(data)] = data
        return len(data)

    def readline(self) -> bytes:
        """Needed by pickle only; pickles of protocol 2 hold short lines."""
        size = 256
        while True:
            chunk = bytes(self._buffer[self._position : self._position + size])
            end = chunk.find(b"\n")
            if end >= 0 or len(chunk) < size:
                line = chunk[: end + 1] if end >= 0 else chunk
                self._position += len(line)
                return line
            size *= 4

    def close(self) -> None:
        self._buffer = memoryview(b"")


def _open_mapped(self, buf, name=None, onclose=None) -> None:  # type: ignore[no-untyped-def]
    self._buf = buf
    self._name = name
    self.file = _MappedView(buf)
    self.onclose = onclose
    self.is_real = False
    self.is_closed = False


BufferFile.__init__ = _open_mapped
