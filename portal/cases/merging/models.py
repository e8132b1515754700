"""Table of merges: which case went into which, and every row that moved with it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import Case
from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.people.models import User


class Merge(db.Model):  # type: ignore[name-defined, misc]
    """One case taken into another; what is written here brings it apart again."""

    __tablename__ = "merges"
    __table_args__ = (Index("ix_merges_into", "into_id", "undone_at"), IDS_FOR_EVER)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    merged_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    merged_at: Mapped[datetime]
    # Name of what moved → ids, and how the kept case stood before (see `moving.py`).
    moved: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The revision of the kept case that the merge made.
    edited_revision: Mapped[int]
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    case: Mapped[Case] = relationship(foreign_keys=case_id)
    into: Mapped[Case] = relationship(foreign_keys=into_id)
    merged_by: Mapped[User] = relationship(foreign_keys=merged_by_id)
