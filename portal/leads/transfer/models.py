"""Tables of imports of leads: what was uploaded, and what becomes of each row."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.people.models import User
from portal.tasks.models import Task


class LeadImport(db.Model):  # type: ignore[name-defined, misc]
    """One table on its way: its columns named, rehearsed, brought in, perhaps taken back."""

    __tablename__ = "lead_imports"
    __table_args__ = (Index("ix_lead_imports_person", "person_id", "id"), IDS_FOR_EVER)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    # Of a workbook: the sheet that is read, and those one may choose from.
    sheet: Mapped[str] = mapped_column(String(80), default="")
    sheets: Mapped[list[str]] = mapped_column(JSON, default=list)
    # The line with the headings, the headings, their digest, and which field each column is.
    header_line: Mapped[int] = mapped_column(default=1)
    header: Mapped[list[str]] = mapped_column(JSON, default=list)
    shape: Mapped[str] = mapped_column(String(64), default="")
    mapping: Mapped[list[str]] = mapped_column(JSON, default=list)
    # What the page of the columns shows: {"rows": count, "preview": rows, "told": {what: count}}.
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # {"defaults": {…}, "groups": {verdict: act}, "words": {"list:word": code}}.
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    rehearsal_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    commit_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    revert_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    created_at: Mapped[datetime]

    person: Mapped[User] = relationship()
    rehearsal: Mapped[Task | None] = relationship(foreign_keys=rehearsal_id)
    commit_task: Mapped[Task | None] = relationship(foreign_keys=commit_id)
    revert: Mapped[Task | None] = relationship(foreign_keys=revert_id)

    @property
    def ref(self) -> str:
        return f"lead_import:{self.id}"


class LeadImportRow(db.Model):  # type: ignore[name-defined, misc]
    """A row of the table: the verdict of the rehearsal, what was chosen, what was written.

    Customers and leads stand here as plain numbers: this is a record of what was done, and keeps
    nobody from removing a sample.
    """

    __tablename__ = "lead_import_rows"
    __table_args__ = (
        UniqueConstraint("import_id", "line"),
        Index("ix_lead_import_rows_verdict", "import_id", "verdict", "line"),
        Index("ix_lead_import_rows_outcome", "import_id", "outcome", "line"),
        Index("ix_lead_import_rows_customer", "import_id", "customer_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("lead_imports.id"))
    # Its line in the table, counted from 1.
    line: Mapped[int]
    # The cells as they were, and what they say: plain values by field.
    cells: Mapped[list[str]] = mapped_column(JSON, default=list)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # One of `transfer.rules.VERDICTS`; why it is wrong, and what else is to be told.
    verdict: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    # Words that no list knows, as [list, word].
    unknown: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    # Of whom it is a duplicate: a customer, with what they have in common; or a line above.
    match_id: Mapped[int | None]
    match_key: Mapped[str] = mapped_column(String(8), default="")
    match_value: Mapped[str] = mapped_column(String(160), default="")
    same_as: Mapped[int | None]
    # What the person decided for this row alone: one of `transfer.rules.ACTS`, or empty.
    act: Mapped[str] = mapped_column(String(8), default="")
    # One of `transfer.rules.OUTCOMES`; None until it was its turn.
    outcome: Mapped[str | None] = mapped_column(String(12))
    customer_id: Mapped[int | None]
    contact_id: Mapped[int | None]
    lead_id: Mapped[int | None]
    claim_id: Mapped[int | None]
    # What it made, and what it filled in: {"made": […], "customer": {field: value}, …}.
    did: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The newest timeline entry of the customer after this row: later ones are somebody's work.
    timeline_to: Mapped[int | None]
    # "reverted" or "kept", and why it was kept.
    reverted: Mapped[str | None] = mapped_column(String(12))
    kept_because: Mapped[str] = mapped_column(String(300), default="")
