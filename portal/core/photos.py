"""Takes out of a photo where it was taken, without touching the picture itself.

Cameras write the place into the EXIF of JPEG, PNG and WebP files, and into XMP beside it. What
else they write (the time, the lens, which side is up) stays. JPEG files end with the picture:
what some phones append, such as a film with its own place, is cut off.
"""

import re
import struct
import zlib

from portal.core.exif import Patience, exif_without_place

GPS_WORDS = (b"GPS", b"Location", b"City", b"Country")
EXIF = b"Exif\x00\x00"
XMP = (b"http://ns.adobe.com/xap/1.0/\x00", b"http://ns.adobe.com/xmp/extension/\x00")
# The index of further pictures behind the first, which are cut off with the rest.
MORE_PICTURES = b"MPF\x00"
PNG_START = b"\x89PNG\r\n\x1a\n"
# Bytes before a marker that only fill.
FILL = re.compile(rb"\xff+(?=\xff)")
# A marker inside of a scan that is part of no picture: neither a stuffed byte nor a restart.
MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def without_place(content: bytes) -> bytes:
    """The same picture; unchanged when it tells no place, or is of another format. Raises
    `TooManyPartsError` for one that was made to take long."""
    patience = Patience()
    if content.startswith(b"\xff\xd8"):
        return _jpeg(content, patience)
    if content.startswith(PNG_START):
        return _png(content, patience)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return _webp(content, patience)
    return content


def _jpeg(content: bytes, patience: Patience) -> bytes:
    kept, position = [content[:2]], 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        patience.count()
        if filled := FILL.match(content, position):
            position = filled.end()
            continue
        marker = content[position + 1]
        if marker == 0xD9:
            break
        end = position + 2 + struct.unpack_from(">H", content, position + 2)[0]
        segment = content[position:end]
        if marker == 0xDA:
            # The picture's own bytes follow the head of a scan.
            end = _end_of_scan(content, end)
            segment = content[position:end]
        elif marker in (0xE1, 0xE2, 0xED):
            segment = _application(segment, patience)
        kept.append(segment)
        position = end
    # The mark of the end; of a damaged file the rest, in which no program finds its way.
    ended = content[position : position + 2] == b"\xff\xd9"
    kept.append(content[position : position + 2] if ended else content[position:])
    return b"".join(kept)


def _end_of_scan(content: bytes, position: int) -> int:
    """Where the next marker stands that is part of no picture."""
    found = MARKER.search(content, position)
    return found.start() if found else len(content)


def _application(segment: bytes, patience: Patience) -> bytes:
    """A segment of metadata as it is kept; empty when it goes."""
    body = segment[4:]
    if body.startswith(EXIF):
        return segment[:4] + EXIF + exif_without_place(body[len(EXIF) :], patience)
    if body.startswith(MORE_PICTURES):
        return b""
    is_words = body.startswith((*XMP, b"Photoshop 3.0\x00"))
    return b"" if is_words and _speaks_of_place(body) else segment


def _speaks_of_place(words: bytes) -> bool:
    # Photoshop's own block names city, region and country by numbers: \x1c\x02\x5a and so on.
    numbered = any(b"\x1c\x02" + bytes([field]) in words for field in (0x5A, 0x5C, 0x5F, 0x65))
    return numbered or any(word in words for word in GPS_WORDS)


def _png(content: bytes, patience: Patience) -> bytes:
    kept, position = [content[:8]], 8
    while position + 8 <= len(content):
        patience.count()
        length = struct.unpack_from(">I", content, position)[0]
        name = content[position + 4 : position + 8]
        chunk = content[position : position + 12 + length]
        data = chunk[8 : 8 + length]
        if name == b"eXIf":
            data = exif_without_place(data, patience)
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


def _webp(content: bytes, patience: Patience) -> bytes:
    changed, position = bytearray(content), 12
    while position + 8 <= len(content):
        patience.count()
        name = content[position : position + 4]
        length = struct.unpack_from("<I", content, position + 4)[0]
        start, end = position + 8, position + 8 + length
        data = content[start:end]
        if name == b"EXIF":
            head = EXIF if data.startswith(EXIF) else b""
            changed[start:end] = head + exif_without_place(data[len(head) :], patience)
        elif name == b"XMP " and _speaks_of_place(data):
            # As long as before, so that nothing else moves.
            changed[start:end] = b" " * len(data)
        position = end + length % 2
    return bytes(changed)
