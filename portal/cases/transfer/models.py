"""Tables of imports in the browser: what was uploaded, and what becomes of each record in it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.cases.models import Case
from portal.core.database import IDS_FOR_EVER
from portal.extensions import db
from portal.people.models import User
from portal.tasks.models import Task


class CaseImport(db.Model):  # type: ignore[name-defined, misc]
    """One upload on its way into the library: rehearsed, committed, perhaps taken back."""

    __tablename__ = "case_imports"
    __table_args__ = (Index("ix_case_imports_person", "person_id", "id"), IDS_FOR_EVER)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(200))
    # "files" (an archive of Markdown and Word files) or "table".
    format: Mapped[str] = mapped_column(String(8))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    # Of a table: a digest of its header, the header, and which field each column is.
    shape: Mapped[str | None] = mapped_column(String(64))
    header: Mapped[list[str]] = mapped_column(JSON, default=list)
    mapping: Mapped[list[str] | None] = mapped_column(JSON)
    # What the person decided at the rehearsal.
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Tags (codes) that did not exist before.
    made_tags: Mapped[list[str]] = mapped_column(JSON, default=list)
    rehearsal_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    commit_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    revert_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    created_at: Mapped[datetime]

    person: Mapped[User] = relationship()
    rehearsal: Mapped[Task | None] = relationship(foreign_keys=rehearsal_id)
    commit_task: Mapped[Task | None] = relationship(foreign_keys=commit_id)
    revert: Mapped[Task | None] = relationship(foreign_keys=revert_id)


class ImportRow(db.Model):  # type: ignore[name-defined, misc]
    """A record of an import: the verdict of the rehearsal, and what was written."""

    __tablename__ = "case_import_rows"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        Index("ix_case_import_rows_verdict", "import_id", "verdict", "number"),
        Index("ix_case_import_rows_outcome", "import_id", "outcome", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("case_imports.id"))
    # The order of writing: cases first, then what belongs to them.
    number: Mapped[int]
    source: Mapped[str] = mapped_column(Text)
    line: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(16), default="")
    # "new", "update", "unchanged", "alike" or "error".
    verdict: Mapped[str] = mapped_column(String(16))
    ref: Mapped[str] = mapped_column(String(140), default="")
    title: Mapped[str] = mapped_column(String(200), default="")
    owner: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    # Words that no list knows, as [list, word]; cases that it looks like, as ids.
    unknown: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    alike: Mapped[list[int]] = mapped_column(JSON, default=list)
    # "new", "changed", "unchanged", "left" or "failed"; None until it was its turn.
    outcome: Mapped[str | None] = mapped_column(String(16))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    # The solution or comment, when it is one.
    text_id: Mapped[int | None]
    revision_before: Mapped[int | None]
    revision_after: Mapped[int | None]
    # How the row of the record stood before and after: to see whether somebody worked on it.
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # Attachments that this record brought.
    files: Mapped[list[int]] = mapped_column(JSON, default=list)
    # "reverted" or "kept", and why it was kept.
    reverted: Mapped[str | None] = mapped_column(String(16))
    reverted_at: Mapped[datetime | None]
    kept_because: Mapped[str] = mapped_column(String(200), default="")

    case: Mapped[Case | None] = relationship()
