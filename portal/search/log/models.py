"""Tables of the search log. It serves gaps and suggestions, never a judgement of a person."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import db


class LoggedSearch(db.Model):  # type: ignore[name-defined, misc]
    """One search as it was meant: what was typed on the way to it is not kept.

    Kept for 365 days. Whoever clears their history stays in the counts, without a name.
    """

    __tablename__ = "searches"
    __table_args__ = (
        Index("ix_searches_recent", "person_id", "searched_at"),
        # Holds all that is counted for gaps and popular questions: their rows are not read.
        Index("ix_searches_asked", "key", "searched_at", "person_id", "surface", "narrowed",
              "total", "opened_ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str] = mapped_column(String(200))
    # The folded text: one for every way of writing the same question.
    key: Mapped[str] = mapped_column(String(200))
    # "results" for the page of results, "typing" for suggestions that were never sent.
    surface: Mapped[str] = mapped_column(String(16))
    # Whether filters narrowed it: then finding nothing says little about the library.
    narrowed: Mapped[bool] = mapped_column(default=False)
    total: Mapped[int]
    searched_at: Mapped[datetime] = mapped_column(index=True)
    # The record that was opened from it, and its place in the list, counted from 1.
    opened_ref: Mapped[str | None] = mapped_column(String(64))
    opened_rank: Mapped[int | None]


class GapDecision(db.Model):  # type: ignore[name-defined, misc]
    """What was done about a question that the library does not answer."""

    __tablename__ = "gap_decisions"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    # "asked" (the record that asks it is `ref`) or "dismissed".
    verdict: Mapped[str] = mapped_column(String(16))
    ref: Mapped[str | None] = mapped_column(String(64))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime]
