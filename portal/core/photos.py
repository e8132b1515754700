"""Takes out of a photo where it was taken, without touching the picture itself.

Cameras write the place into the EXIF of JPEG, PNG and WebP files, and into XMP beside it. What
else they write (the time, the lens, which side is up) stays. JPEG files end with the picture:
what some phones append, such as a film with its own place, is cut off.
"""

import struct
import zlib
from collections.abc import Iterator

GPS_TAG = 0x8825
GPS_WORDS = (b"GPS", b"Location", b"City", b"Country")
EXIF = b"Exif\x00\x00"
XMP = (b"http://ns.adobe.com/xap/1.0/\x00", b"http://ns.adobe.com/xmp/extension/\x00")
# The index of further pictures behind the first, which are cut off with the rest.
MORE_PICTURES = b"MPF\x00"
PNG_START = b"\x89PNG\r\n\x1a\n"
# Bytes that a value of each type takes.
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}


def without_place(content: bytes) -> bytes:
    """The same picture; unchanged when it tells no place, or is of another format."""
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content)
    if content.startswith(PNG_START):
        return _png(content)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp(content)
    return content


def _jpeg(content: bytes) -> bytes:
    kept, position = [content[:2]], 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker = content[position + 1]
        if marker == 0xFF:
            # A fill byte.
            position += 1
            continue
        if marker == 0xD9:
            break
        end = position + 2 + struct.unpack_from(">H", content, position + 2)[0]
        segment = content[position:end]
        if marker == 0xDA:
            # The picture's own bytes follow the head of a scan.
            end = _end_of_scan(content, end)
            segment = content[position:end]
        elif marker in (0xE1, 0xE2, 0xED):
            segment = _application(segment)
        kept.append(segment)
        position = end
    # The mark of the end; of a damaged file the rest, in which no program finds its way.
    ended = content[position : position + 2] == b"\xff\xd9"
    kept.append(content[position : position + 2] if ended else content[position:])
    return b"".join(kept)


def _end_of_scan(content: bytes, position: int) -> int:
    """Where the next marker stands that is part of no picture."""
    while True:
        position = content.find(b"\xff", position)
        if position < 0 or position + 1 >= len(content):
            return len(content)
        following = content[position + 1]
        if following != 0 and following != 0xFF and not 0xD0 <= following <= 0xD7:
            return position
        position += 1 if following == 0xFF else 2


def _application(segment: bytes) -> bytes:
    """A segment of metadata as it is kept; empty when it goes."""
    body = segment[4:]
    if body.startswith(EXIF):
        return segment[:4] + EXIF + exif_without_place(body[len(EXIF) :])
    if body.startswith(MORE_PICTURES):
        return b""
    is_words = body.startswith((*XMP, b"Photoshop 3.0\x00"))
    return b"" if is_words and _speaks_of_place(body) else segment


def _speaks_of_place(words: bytes) -> bool:
    # Photoshop's own block names city, region and country by numbers: \x1c\x02\x5a and so on.
    numbered = any(b"\x1c\x02" + bytes([field]) in words for field in (0x5A, 0x5C, 0x5F, 0x65))
    return numbered or any(word in words for word in GPS_WORDS)


def _png(content: bytes) -> bytes:
    kept, position = [content[:8]], 8
    while position + 8 <= len(content):
        length = struct.unpack_from(">I", content, position)[0]
        name = content[position + 4 : position + 8]
        chunk = content[position : position + 12 + length]
        data = chunk[8 : 8 + length]
        if name == b"eXIf":
            data = exif_without_place(data)
            chunk = struct.pack(">I", length) + name + data + struct.pack(
                ">I", zlib.crc32(name + data))
        elif name in (b"iTXt", b"zTXt", b"tEXt") and data.startswith(
            (b"XML:com.adobe.xmp", b"Raw profile type")
        ):
            # Packed or not, these are nothing but metadata.
            chunk = b""
        kept.append(chunk)
        position += 12 + length
        if name == b"IEND":
            return b"".join(kept)
    return b"".join(kept) + content[position:]


def _webp(content: bytes) -> bytes:
    changed, position = bytearray(content), 12
    while position + 8 <= len(content):
        name = content[position : position + 4]
        length = struct.unpack_from("<I", content, position + 4)[0]
        start, end = position + 8, position + 8 + length
        data = content[start:end]
        if name == b"EXIF":
            head = EXIF if data.startswith(EXIF) else b""
            changed[start:end] = head + exif_without_place(data[len(head) :])
        elif name == b"XMP " and _speaks_of_place(data):
            # As long as before, so that nothing else moves.
            changed[start:end] = b" " * len(data)
        position = end + length % 2
    return bytes(changed)


def exif_without_place(tiff: bytes) -> bytes:
    """EXIF of the same length whose directory of the place is empty; all of it blank when it
    cannot be read."""
    changed = bytearray(tiff)
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        first = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for directory in _directories(tiff, order, first):
            _empty_places(changed, tiff, order, directory)
    except (struct.error, KeyError, IndexError):
        return bytes(len(tiff))
    return bytes(changed)


def _directories(tiff: bytes, order: str, first: int) -> Iterator[int]:
    """Where the directories in a row begin; a ring is walked once."""
    seen: set[int] = set()
    while first and first not in seen:
        seen.add(first)
        yield first
        count = struct.unpack_from(f"{order}H", tiff, first)[0]
        first = struct.unpack_from(f"{order}I", tiff, first + 2 + 12 * count)[0]


def _empty_places(changed: bytearray, tiff: bytes, order: str, directory: int) -> None:
    count = struct.unpack_from(f"{order}H", tiff, directory)[0]
    for number in range(count):
        entry = directory + 2 + 12 * number
        if struct.unpack_from(f"{order}H", tiff, entry)[0] == GPS_TAG:
            _blank(changed, tiff, order, struct.unpack_from(f"{order}I", tiff, entry + 8)[0])


def _blank(changed: bytearray, tiff: bytes, order: str, directory: int) -> None:
    """Zeroes over the entries of a directory and the values they point to: an empty directory
    is left, which every program can read."""
    count = struct.unpack_from(f"{order}H", tiff, directory)[0]
    for number in range(count):
        entry = directory + 2 + 12 * number
        kind, values = struct.unpack_from(f"{order}HI", tiff, entry + 2)
        size = SIZES.get(kind, 1) * values
        if size > 4:
            start = struct.unpack_from(f"{order}I", tiff, entry + 8)[0]
            end = min(start + size, len(tiff))
            changed[start:end] = bytes(max(end - start, 0))
    end = min(directory + 2 + 12 * count, len(tiff))
    changed[directory:end] = bytes(end - directory)
