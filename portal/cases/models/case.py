"""Tables of a case itself: what was learned, its typed facts, its history."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Numeric,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.cases.content import CaseContent, RetrospectiveContent
from portal.cases.rules import access_tokens, is_overdue
from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.lists.models import Term
from portal.people.models import Team, User

if TYPE_CHECKING:
    from portal.cases.models.talk import Solution

case_tags = Table(
    "case_tags",
    db.metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("term_id", ForeignKey("terms.id"), primary_key=True, index=True),
)


TO_VALIDATE = text("confidence = 'not_validated'")


class Case(db.Model):  # type: ignore[name-defined, misc]
    """One thing the department has learned. Never deleted: archived, with every revision."""

    __tablename__ = "cases"
    __table_args__ = (
        # The orders in which the library is listed: read from the index, never sorted.
        Index("ix_cases_newest", "created_at", "id"),
        Index("ix_cases_changed", "updated_at", "id"),
        Index("ix_cases_used", "used", "id"),
        Index("ix_cases_owner", "owner_id", "confidence", "verified_until"),
        Index("ix_cases_kind_state", "kind", "state"),
        # Which records led to a published case: answered without a look at the cases.
        Index("ix_cases_source_ref", "source_ref", "confidence"),
        # Everything that decides which deals are counted for whom: the table is not looked at.
        Index("ix_cases_deals", "kind", "created_at", "confidence", "audience", "owner_id",
              "team_id", "revision"),
        # For those who vouch. Not of all cases: a database would take an index by confidence for
        # the library too, and then sort the whole of it for one page.
        Index("ix_cases_to_validate", "created_at", "id",
              sqlite_where=TO_VALIDATE, postgresql_where=TO_VALIDATE),
        IDS_FOR_EVER,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The name by which files and other systems know the case.
    ref: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(8), default="zh")
    stage: Mapped[str | None] = mapped_column(String(64))
    industry: Mapped[str | None] = mapped_column(String(64))
    product: Mapped[str | None] = mapped_column(String(64))
    region: Mapped[str | None] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(String(16), default="none")
    # The record it comes from, such as "lead:7": shown only to who may read that record.
    source_ref: Mapped[str | None] = mapped_column(String(64))
    audience: Mapped[str] = mapped_column(String(16), default="everyone")
    confidence: Mapped[str] = mapped_column(String(16), default="not_validated")
    # What an archived case goes back to.
    confidence_before: Mapped[str | None] = mapped_column(String(16))
    verified_until: Mapped[date | None] = mapped_column(index=True)
    validated_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    validated_at: Mapped[datetime | None]
    # The revision that was read when somebody vouched for it.
    validated_revision: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(16), default="open")
    accepted_id: Mapped[int | None] = mapped_column(
        ForeignKey("solutions.id", use_alter=True)
    )
    helped: Mapped[int] = mapped_column(default=0)
    reused: Mapped[int] = mapped_column(default=0)
    # People who tried it in vain: told beside the others, never taken off them.
    not_helped: Mapped[int] = mapped_column(default=0)
    # Both together, so that a list in this order is read from an index.
    used: Mapped[int] = mapped_column(default=0)
    solutions_count: Mapped[int] = mapped_column(default=0)
    comments_count: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    # Whose answer a problem waits for, when one person in particular was asked.
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    # A difficulty alert: its manager answers within working hours (K3).
    urgent: Mapped[bool] = mapped_column(default=False)
    # The case that took this one in; its address leads there.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    # Who wrote an imported case, when that person has no account here.
    byline: Mapped[str | None] = mapped_column(String(120))
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    is_sample: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    owner: Mapped[User] = relationship(foreign_keys=owner_id)
    asked: Mapped[User | None] = relationship(foreign_keys=asked_id)
    validated_by: Mapped[User | None] = relationship(foreign_keys=validated_by_id)
    merged_into: Mapped["Case | None"] = relationship(
        foreign_keys=merged_into_id, remote_side=id
    )
    team: Mapped[Team | None] = relationship()
    tags: Mapped[list[Term]] = relationship(secondary=case_tags, order_by=Term.label_zh)
    retrospective: Mapped["Retrospective | None"] = relationship(
        back_populates="case", cascade="all, delete-orphan"
    )
    accepted: Mapped["Solution | None"] = relationship(
        foreign_keys=accepted_id, post_update=True
    )

    @validates("helped", "reused")
    def _add_up(self, name: str, count: int) -> int:
        other = self.reused if name == "helped" else self.helped
        self.used = count + (other or 0)
        return count

    @property
    def search_ref(self) -> str:
        return f"case:{self.id}"

    @property
    def author_name(self) -> str:
        return (self.byline or self.owner.name).split(" <")[0]

    @property
    def access_tokens(self) -> frozenset[str]:
        return access_tokens(
            audience=self.audience, confidence=self.confidence, owner_id=self.owner_id,
            team_id=self.team_id,
        )

    def is_overdue(self, today: date) -> bool:
        return is_overdue(self.confidence, self.verified_until, today)

    @property
    def content(self) -> CaseContent:
        """The case as written."""
        return CaseContent(
            kind=self.kind, title=self.title, body=self.body,
            # Sorted here, because databases sort by rules of their own.
            tags=tuple(sorted(tag.label_zh for tag in self.tags)),
            stage=self.stage, industry=self.industry, product=self.product, region=self.region,
            audience=self.audience, source=self.source,
            retrospective=self.retrospective.content if self.retrospective else None,
            extra=self.extra or {},
        )


class Retrospective(db.Model):  # type: ignore[name-defined, misc]
    """The typed facts of a won or lost deal (K4)."""

    __tablename__ = "retrospectives"
    __table_args__ = (
        CheckConstraint("cycle_days IS NULL OR cycle_days >= 0", "cycle_not_negative"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    amount_band: Mapped[str | None] = mapped_column(String(16))
    cycle_days: Mapped[int | None]
    competitors: Mapped[list[str]] = mapped_column(JSON, default=list)
    stage_reached: Mapped[str | None] = mapped_column(String(64))
    roles_reached: Mapped[list[str]] = mapped_column(JSON, default=list)
    main_reason: Mapped[str | None] = mapped_column(String(64), index=True)
    contributing_reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    price_gap: Mapped[Decimal | None] = mapped_column(Numeric(6, 2))
    actions: Mapped[list[str]] = mapped_column(JSON, default=list)
    repeat: Mapped[str] = mapped_column(Text, default="")
    avoid: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship(back_populates="retrospective")

    @property
    def content(self) -> RetrospectiveContent:
        return RetrospectiveContent(
            amount_band=self.amount_band, cycle_days=self.cycle_days,
            competitors=tuple(self.competitors), stage_reached=self.stage_reached,
            roles_reached=tuple(self.roles_reached), main_reason=self.main_reason,
            contributing_reasons=tuple(self.contributing_reasons), price_gap=self.price_gap,
            actions=tuple(self.actions), repeat=self.repeat, avoid=self.avoid,
        )


class Revision(db.Model):  # type: ignore[name-defined, misc]
    """The content of a case, a solution or a comment after one save: who, when, why."""

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("case_id", "part", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    # "case", "solution:7" or "comment:9".
    part: Mapped[str] = mapped_column(String(32), default="case")
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]

    author: Mapped[User] = relationship()

    @property
    def content(self) -> CaseContent:
        return CaseContent.from_json(self.snapshot)


class CaseTemplate(db.Model):  # type: ignore[name-defined, misc]
    """What the form of a kind starts with, in one language."""

    __tablename__ = "case_templates"
    __table_args__ = (UniqueConstraint("kind", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    body: Mapped[str] = mapped_column(Text)
