"""Tables of the pool: what became of leads there, and the rules by which they are handed out."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.leads.models import Lead
from portal.people.models import Team, User


class PoolStep(db.Model):  # type: ignore[name-defined, misc]
    """One thing that happened between a person and a lead of the pool.

    What counts towards the limits, what can be undone, and who was asked for what, stands here;
    what was taken back keeps its row and says so.
    """

    __tablename__ = "pool_steps"
    __table_args__ = (
        Index("ix_pool_steps_person", "person_id", "what", "at"),
        Index("ix_pool_steps_lead", "lead_id", "id"),
        Index("ix_pool_steps_what", "what", "at"),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id"))
    # Who claimed it, had it until it went back, or was to answer.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # One of `pool.rules.STEPS`.
    what: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    # Who did it; nobody when the clock or a rule did.
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    # What the lead was like before, for an undo.
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undone_at: Mapped[datetime | None]

    lead: Mapped[Lead] = relationship()
    person: Mapped[User | None] = relationship(foreign_keys=person_id)
    actor: Mapped[User | None] = relationship(foreign_keys=actor_id)


class AllocationRule(db.Model):  # type: ignore[name-defined, misc]
    """Whose turn it is for leads that fit: the first rule that fits decides.

    An empty list of codes fits every lead. The people, or those of the team, take turns.
    """

    __tablename__ = "allocation_rules"
    __table_args__ = (IDS_FOR_EVER,)

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(index=True)
    regions: Mapped[list[str]] = mapped_column(JSON, default=list)
    industries: Mapped[list[str]] = mapped_column(JSON, default=list)
    channels: Mapped[list[str]] = mapped_column(JSON, default=list)
    products: Mapped[list[str]] = mapped_column(JSON, default=list)
    # In the order of their turns; empty when a team is named.
    people: Mapped[list[int]] = mapped_column(JSON, default=list)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    # Who had the last turn.
    last_person_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # The rule as it was before a change: taken off for this one.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("allocation_rules.id"))
    # Taken off; an undo puts it back.
    removed_at: Mapped[datetime | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime]

    team: Mapped[Team | None] = relationship()
    last_person: Mapped[User | None] = relationship(foreign_keys=last_person_id)
    changed_by: Mapped[User | None] = relationship(foreign_keys=changed_by_id)

    @property
    def ref(self) -> str:
        return f"allocation_rule:{self.id}"
