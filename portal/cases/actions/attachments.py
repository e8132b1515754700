"""Files of a case, or of what is still being written: checked, and stored under their hash."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import func, select

from portal.cases.actions.file_checks import ALLOWED, checked, harmless_name
from portal.cases.actions.stored_files import path_of, store
from portal.cases.models import Attachment, Case
from portal.core import audit
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.inserting import insert_new
from portal.drafts.models import Draft
from portal.drafts.rules import FORM, is_key
from portal.extensions import db
from portal.people.rules import Actor

__all__ = ["ALLOWED", "MOST_FILES", "Upload", "attach", "draft_for", "keep_for_draft",
           "path_of", "put_back", "remove", "store", "take_over"]

# Of one case, and of one text that is being written.
MOST_FILES = 30
# Of all that a person has not sent yet.
MOST_WAITING = 300
LINK = re.compile(r"/attachments/([0-9]{1,9})(?![0-9])")


@dataclass(frozen=True)
class Upload:
    """A file as it arrives."""

    name: str
    stream: IO[bytes]


def attach(
    actor: Actor, case: Case, upload: Upload, folder: Path, limit_mb: int, now: datetime,
    most: int = MOST_FILES,
) -> Attachment:
    """Store the file with the case. Raises `Refused` when it is too large or not of a kind
    that is taken, whatever its name says, or when the case has too many."""
    _refuse_many(Attachment.case_id == case.id, most)
    return _keep(actor, upload, folder, limit_mb, now, case_id=case.id)


def keep_for_draft(
    actor: Actor, draft: Draft, upload: Upload, folder: Path, limit_mb: int, now: datetime
) -> Attachment:
    """Store the file beside what its writer has not sent yet; nobody else may read it.

    Raises `Refused` like `attach`, and when the draft was sent already. `take_over` gives it to
    the case that comes of the draft.
    """
    if draft.sent_ref is not None:
        raise Refused(_l("This text was sent already. Add the file to what came of it."))
    _refuse_many(Attachment.draft_id == draft.id, MOST_FILES)
    waiting = (Attachment.added_by_id == actor.id) & Attachment.case_id.is_(None)
    _refuse_many(waiting, MOST_WAITING)
    return _keep(actor, upload, folder, limit_mb, now, draft_id=draft.id)


def draft_for(actor: Actor, key: str, form: str, now: datetime) -> Draft:
    """The draft with this key; a file may come before the first words are kept.

    Raises `Refused` for what no form calls itself.
    """
    if not is_key(key) or FORM.fullmatch(form) is None:
        raise Refused(_l("This draft cannot be kept: its address is not right."))
    insert_new(Draft, [{
        "person_id": actor.id, "key": key, "form": form, "title": "", "fields": {}, "digest": "",
        "version": 0, "tab": "", "saved_at": now, "ended_at": now,
    }])
    query = select(Draft).where(Draft.person_id == actor.id, Draft.key == key)
    return db.session.scalars(query.with_for_update()).one()


def take_over(
    actor: Actor, draft: Draft, case: Case, now: datetime, text: str | None = None
) -> list[Attachment]:
    """The files kept for a draft become the case's; those it now has.

    With the `text` that is being published, the files it names and no others: a picture that was
    pasted and taken out again is shown to nobody, and one that came with another draft of the
    same work comes along.
    """
    named = None if text is None else {int(number) for number in LINK.findall(text)}
    whose = Attachment.draft_id == draft.id if named is None else Attachment.id.in_(named)
    taken = list(db.session.scalars(
        select(Attachment).where(
            whose, Attachment.case_id.is_(None), Attachment.added_by_id == actor.id,
            Attachment.removed_at.is_(None),
        ).order_by(Attachment.id)
    ))
    for file in taken:
        file.case_id, file.draft_id = case.id, None
        audit.record(actor.id, "attachment.added", f"attachment:{file.id}", now, case=case.id,
                     name=file.name)
    return taken


def remove(actor: Actor, attachment: Attachment, now: datetime) -> None:
    """Take the file off the case; `put_back` undoes it."""
    attachment.removed_at = now
    audit.record(actor.id, "attachment.removed", f"attachment:{attachment.id}", now)


def put_back(actor: Actor, attachment: Attachment, now: datetime) -> None:
    """Show a removed file again."""
    attachment.removed_at = None
    audit.record(actor.id, "attachment.put_back", f"attachment:{attachment.id}", now)


def _keep(
    actor: Actor, upload: Upload, folder: Path, limit_mb: int, now: datetime, **place: int
) -> Attachment:
    name = harmless_name(upload.name)
    content = upload.stream.read(limit_mb * 1024 * 1024 + 1)
    media_type, content = checked(name, content, limit_mb)
    attachment = Attachment(
        **place, sha256=store(content, folder), name=name, media_type=media_type,
        size=len(content), added_by_id=actor.id, created_at=now,
    )
    db.session.add(attachment)
    # The audit entry names the new id.
    db.session.flush()
    audit.record(actor.id, "attachment.added", f"attachment:{attachment.id}", now, name=name,
                 **{name.removesuffix("_id"): number for name, number in place.items()})
    return attachment


def _refuse_many(those: Any, most: int) -> None:
    query = select(func.count(Attachment.id)).where(those, Attachment.removed_at.is_(None))
    if (db.session.scalar(query) or 0) >= most:
        raise Refused(_l("There are %(most)d files here already, which is the most.", most=most))
