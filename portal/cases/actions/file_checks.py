"""What a file must be to be taken: judged by its bytes, whatever its name says."""

import codecs
from pathlib import Path

import puremagic

from portal.core.errors import Refused
from portal.core.exif import TooManyPartsError
from portal.core.i18n import lazy_gettext as _l
from portal.core.photos import without_place
from portal.core.text import line

# Extension → media type under which it is served. Nothing a browser would run is among them.
ALLOWED = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "webp": "image/webp", "pdf": "application/pdf", "txt": "text/plain", "csv": "text/csv",
    "md": "text/plain",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
TEXTS = {"txt", "csv", "md"}
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
OFFICE = {"docx", "xlsx", "pptx"}
# Every Office file has this part. Its name stands readable in the bytes, so that no archive need
# be opened here: a small one may unpack to very much.
OFFICE_PART = b"[Content_Types].xml"
MACROS = b"vbaProject.bin"
# What phones call their photos: told apart from other files, because people meet it daily.
APPLE_PHOTOS = {"heic", "heif"}
LONGEST_NAME = 200


def harmless_name(name: str) -> str:
    """The name alone, without folders and signs that no file system takes."""
    return line(Path(name.replace("\\", "/")).name)[-LONGEST_NAME:] or "file"


def checked(name: str, content: bytes, limit_mb: int) -> tuple[str, bytes]:
    """The media type, and the bytes as they are kept: a photo does not tell where it was taken.

    Raises `Refused` when the file is too large, empty, or not of a kind that is taken.
    """
    if len(content) > limit_mb * 1024 * 1024:
        raise Refused(_l("“%(name)s” is larger than %(limit)d MB.", name=name, limit=limit_mb))
    if not content:
        raise Refused(_l("“%(name)s” is empty.", name=name))
    extension = name.rpartition(".")[2].lower()
    if extension in APPLE_PHOTOS:
        raise Refused(_l("“%(name)s” is a photo in Apple's HEIC format, which few browsers show. "
                         "Save it as JPEG and add it again.", name=name))
    if extension not in ALLOWED or not _is_really(extension, content):
        raise _unfit(name)
    return ALLOWED[extension], as_kept(name, content)


def _unfit(name: str) -> Refused:
    return Refused(_l("“%(name)s” is not a picture, PDF, text or Office file, or is not what its "
                      "name says.", name=name))


def as_kept(name: str, content: bytes) -> bytes:
    """The bytes of a file with this name as they are stored. Raises `Refused` for a picture that
    was made to keep everybody waiting."""
    if not ALLOWED.get(name.rpartition(".")[2].lower(), "").startswith("image/"):
        return content
    try:
        return without_place(content)
    except TooManyPartsError:
        raise _unfit(name) from None


def _is_really(extension: str, content: bytes) -> bool:
    """Whether the bytes are what the name promises."""
    if extension in TEXTS:
        # Office programs write text in UTF-16 too, with its mark in front.
        return b"\x00" not in content[:8192] or content.startswith(UTF16_MARKS)
    if extension == "zip":
        return content.startswith(b"PK\x03\x04")
    if extension in OFFICE:
        return (content.startswith(b"PK\x03\x04") and OFFICE_PART in content
                and MACROS not in content)
    try:
        kinds = {match.extension.lstrip(".") for match in puremagic.magic_string(content[:8192])}
    except puremagic.PureError:
        return False
    return extension in kinds or (extension in ("jpg", "jpeg") and bool(kinds & {"jpg", "jpeg"}))
