"""The EXIF of a photo without the place where it was taken, however it was put together."""

import struct
from collections.abc import Iterator

GPS_TAG = 0x8825
# A photo has some hundred parts; each of them takes its time, whatever it holds.
MOST_PARTS = 50_000
# Cameras write about a hundred entries, and a small picture beside them.
MOST_ENTRIES, LONGEST_EXIF = 1000, 300_000
# Bytes that a value of each type takes.
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}


class TooManyPartsError(ValueError):
    """No camera writes such a file."""


class Patience:
    """Counts what was looked at in one file."""

    def __init__(self) -> None:
        self.left = MOST_PARTS

    def count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooManyPartsError


def exif_without_place(tiff: bytes, patience: Patience | None = None) -> bytes:
    """EXIF of the same length whose directory of the place is empty; all of it blank when it
    cannot be read, or was made to take long."""
    if len(tiff) > LONGEST_EXIF:
        return bytes(len(tiff))
    try:
        return _Exif(tiff, patience or Patience()).without_place()
    except (struct.error, KeyError, IndexError):
        return bytes(len(tiff))


class _Exif:
    """The directories of one EXIF block; every entry that is looked at counts."""

    def __init__(self, tiff: bytes, patience: Patience) -> None:
        self.tiff, self.changed = tiff, bytearray(tiff)
        self.order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        self.left, self.patience = MOST_ENTRIES, patience

    def without_place(self) -> bytes:
        for directory in self._directories(self._long(4)):
            for entry in self._entries(directory):
                if self._short(entry) == GPS_TAG:
                    self._blank(self._long(entry + 8))
        return bytes(self.changed)

    def _directories(self, first: int) -> Iterator[int]:
        """Where the directories in a row begin; a ring is walked once."""
        seen: set[int] = set()
        while first and first not in seen:
            seen.add(first)
            self._count()
            yield first
            first = self._long(first + 2 + 12 * self._short(first))

    def _entries(self, directory: int) -> Iterator[int]:
        for number in range(self._short(directory)):
            self._count()
            yield directory + 2 + 12 * number

    def _blank(self, directory: int) -> None:
        """Zeroes over the entries of a directory and the values they point to: an empty directory
        is left, which every program can read."""
        for entry in self._entries(directory):
            kind, values = struct.unpack_from(f"{self.order}HI", self.tiff, entry + 2)
            size = SIZES.get(kind, 1) * values
            if size > 4:
                start = self._long(entry + 8)
                self._zero(start, start + size)
        self._zero(directory, directory + 2 + 12 * self._short(directory))

    def _zero(self, start: int, end: int) -> None:
        end = min(end, len(self.tiff))
        self.changed[start:end] = bytes(max(end - start, 0))

    def _count(self) -> None:
        self.patience.count()
        self.left -= 1
        if self.left < 0:
            raise IndexError

    def _short(self, place: int) -> int:
        return int(struct.unpack_from(f"{self.order}H", self.tiff, place)[0])

    def _long(self, place: int) -> int:
        return int(struct.unpack_from(f"{self.order}I", self.tiff, place)[0])
