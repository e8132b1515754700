"""Table of what is being written."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db


class Draft(db.Model):  # type: ignore[name-defined, misc]
    """The fields of one form as typed, valid or not, its writer's alone.

    `key` is made by the form when it is opened. It is sent along when the form is, so that the
    same words arrive once, however often they are sent.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        Index("ix_drafts_key", "person_id", "key", unique=True),
        Index("ix_drafts_open", "person_id", "ended_at", "saved_at"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    key: Mapped[str] = mapped_column(String(64))
    # What is being written, and about which record: "case:problem", "case:12", "comment:12".
    form: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200), default="")
    # Name → list of values, as a form sends them.
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Of the fields, to tell a repeated sending from a different one.
    digest: Mapped[str] = mapped_column(String(64), default="")
    # Counts the saves, and names the window of the last one: whoever saves over what another
    # window saved meanwhile gets a draft beside it.
    version: Mapped[int] = mapped_column(default=0)
    tab: Mapped[str] = mapped_column(String(64), default="")
    saved_at: Mapped[datetime]
    # Sent (then `sent_ref` names the record that came of it) or thrown away.
    ended_at: Mapped[datetime | None]
    sent_ref: Mapped[str | None] = mapped_column(String(64))
