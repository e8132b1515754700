"""What is still to be indexed."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import db


class IndexJob(db.Model):  # type: ignore[name-defined, misc]
    """A record whose document must be written anew; lives in the transaction that changed it."""

    __tablename__ = "index_jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
