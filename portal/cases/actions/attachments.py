"""Files of a case: checked by what they really are, stored under their hash."""

import codecs
import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import puremagic

from portal.cases.models import Attachment, Case
from portal.core import audit
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.extensions import db
from portal.people.rules import Actor

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
OFFICE = {"docx", "xlsx", "pptx", "zip"}
MOST_FILES = 30


@dataclass(frozen=True)
class Upload:
    """A file as it arrives."""

    name: str
    stream: BinaryIO


def attach(
    actor: Actor, case: Case, upload: Upload, folder: Path, limit_mb: int, now: datetime
) -> Attachment:
    """Store the file with the case. Raises `Refused` when it is too large or not of a kind
    that is taken, whatever its name says."""
    name = line(Path(upload.name.replace("\\", "/")).name)[-200:] or "file"
    extension = name.rpartition(".")[2].lower()
    content = upload.stream.read(limit_mb * 1024 * 1024 + 1)
    if len(content) > limit_mb * 1024 * 1024:
        raise Refused(_l("“%(name)s” is larger than %(limit)d MB.", name=name, limit=limit_mb))
    if not content:
        raise Refused(_l("“%(name)s” is empty.", name=name))
    if extension not in ALLOWED or not _is_really(extension, content):
        raise Refused(
            _l("“%(name)s” is not a picture, PDF, text or Office file, or is not what its name "
               "says.", name=name)
        )
    digest = store(content, folder)
    attachment = Attachment(
        case_id=case.id, sha256=digest, name=name, media_type=ALLOWED[extension],
        size=len(content), added_by_id=actor.id, created_at=now,
    )
    db.session.add(attachment)
    # The audit entry names the new id.
    db.session.flush()
    audit.record(actor.id, "attachment.added", f"attachment:{attachment.id}", now, case=case.id,
                 name=name)
    return attachment


def remove(actor: Actor, attachment: Attachment, now: datetime) -> None:
    """Take the file off the case; `put_back` undoes it."""
    attachment.removed_at = now
    audit.record(actor.id, "attachment.removed", f"attachment:{attachment.id}", now)


def put_back(actor: Actor, attachment: Attachment, now: datetime) -> None:
    """Show a removed file again."""
    attachment.removed_at = None
    audit.record(actor.id, "attachment.put_back", f"attachment:{attachment.id}", now)


def store(content: bytes, folder: Path) -> str:
    """Write the bytes under their hash, whole or not at all; the same bytes are stored once."""
    digest = hashlib.sha256(content).hexdigest()
    target = path_of(digest, folder)
    if not target.exists():
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
    return digest


def path_of(digest: str, folder: Path) -> Path:
    return folder / digest[:2] / digest


def _is_really(extension: str, content: bytes) -> bool:
    """Whether the bytes are what the name promises."""
    if extension in TEXTS:
        # Office programs write text in UTF-16 too, with its mark in front.
        return b"\x00" not in content[:8192] or content.startswith(UTF16_MARKS)
    if extension in OFFICE:
        return content.startswith(b"PK\x03\x04")
    try:
        kinds = {match.extension.lstrip(".") for match in puremagic.magic_string(content[:8192])}
    except puremagic.PureError:
        return False
    return extension in kinds or (extension in ("jpg", "jpeg") and bool(kinds & {"jpg", "jpeg"}))
