"""Tables of the files of a case."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models.case import Case
from portal.core.database import IDS_FOR_EVER
from portal.drafts.models import Draft
from portal.extensions import db
from portal.people.models import User


class Attachment(db.Model):  # type: ignore[name-defined, misc]
    """A file of a case; its bytes lie under their hash, its rights are the case's.

    Before it has a case it is readable by who added it alone.
    """

    __tablename__ = "attachments"
    __table_args__ = IDS_FOR_EVER

    id: Mapped[int] = mapped_column(primary_key=True)
    # Nobody's case yet while the text it belongs to is being written: then `draft_id` names that.
    case_id: Mapped[int | None] = mapped_column(
        ForeignKey("cases.id"), index=True, info={"belongs": True}
    )
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("drafts.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    case: Mapped[Case | None] = relationship()
    draft: Mapped[Draft | None] = relationship()
    added_by: Mapped[User] = relationship()

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")


class AttachmentText(db.Model):  # type: ignore[name-defined, misc]
    """The words inside a file, found in the background; the same bytes are read once."""

    __tablename__ = "attachment_texts"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    # "read", "empty" (no words, such as a scan), "unreadable" (damaged, protected, too large).
    status: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text, default="")
    # Of the readers: what an older one read is read anew.
    version: Mapped[int]
    read_at: Mapped[datetime]


class Thumbnail(db.Model):  # type: ignore[name-defined, misc]
    """What is known of a picture once its smaller ones were made, under the hash of its bytes."""

    __tablename__ = "thumbnails"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    # False for what only calls itself a picture, or is too large to be made smaller.
    made: Mapped[bool]
    # Of the whole picture, upright.
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    # Of what made them: what an older one made is made anew.
    version: Mapped[int]
    made_at: Mapped[datetime]
