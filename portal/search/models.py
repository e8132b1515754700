"""What is still to be indexed, and which words mean the same."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db


class IndexJob(db.Model):  # type: ignore[name-defined, misc]
    """A record whose document must be written anew; lives in the transaction that changed it."""

    __tablename__ = "index_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class SynonymGroup(db.Model):  # type: ignore[name-defined, misc]
    """Phrases that mean the same. Shipped groups can be edited and removed like one's own."""

    __tablename__ = "synonym_groups"
    __table_args__ = (IDS_FOR_EVER,)

    id: Mapped[int] = mapped_column(primary_key=True)
    phrases: Mapped[list[str]] = mapped_column(JSON)
    # Names the shipped group that this row began as, so that it is not seeded a second time.
    shipped_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    # Counts the changes. Their sum over all groups rises with every change that is committed,
    # whatever the clocks of several machines say: so each process learns of it.
    revision: Mapped[int] = mapped_column()
    __mapper_args__: ClassVar = {"version_id_col": revision}
