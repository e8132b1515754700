"""The table of long work."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.people.models import User
from portal.tasks.rules import UNFINISHED, seconds_left

RUNNING = text("status = 'running'")


class Task(db.Model):  # type: ignore[name-defined, misc]
    """One piece of long work that somebody asked for. The row is the truth: who works on it only
    holds it as long as its token stands here and its pulse is fresh."""

    __tablename__ = "tasks"
    __table_args__ = (
        # One at a time of each kind, whoever claims it.
        Index("uq_tasks_running", "kind", unique=True, sqlite_where=RUNNING,
              postgresql_where=RUNNING),
        Index("ix_tasks_status", "status", "id"),
        Index("ix_tasks_person", "person_id", "id"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    # "waiting", "running", "done", "failed", "cancelled".
    status: Mapped[str] = mapped_column(String(16), default="waiting")
    # 0 means that nobody knows yet.
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    # What is being done now: a code that the kind has words for.
    message: Mapped[str] = mapped_column(String(40), default="")
    # In which language the person reads what comes of it.
    language: Mapped[str] = mapped_column(String(8), default="zh")
    # Who works on it, and how often somebody began.
    worker: Mapped[str | None] = mapped_column(String(40))
    attempts: Mapped[int] = mapped_column(default=0)
    cancel_asked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    # A code with words of its own ("interrupted", "defect"), or the words themselves.
    error: Mapped[str | None] = mapped_column(Text)
    input: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    person: Mapped[User] = relationship()

    @property
    def is_finished(self) -> bool:
        return self.status not in UNFINISHED

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0

    def seconds_left(self, now: datetime) -> int | None:
        """How long it still takes at the pace so far; None while nobody can tell."""
        if self.status != "running" or self.started_at is None:
            return None
        return seconds_left(self.done, self.total, (now - self.started_at).total_seconds())
