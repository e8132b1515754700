"""Table of what scoring weighs how much."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.people.models import User


class ScoringVersion(db.Model):  # type: ignore[name-defined, misc]
    """What an administrator decided about scoring; the newest holds, none: what the portal ships
    with. Nothing here is changed: going back to an older one is a new one."""

    __tablename__ = "scoring_versions"
    __table_args__ = (UniqueConstraint("number"), IDS_FOR_EVER)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))

    made_by: Mapped[User | None] = relationship()
