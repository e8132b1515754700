"""What stayed out of an import, with the reasons: for correcting it and importing it again."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import and_, or_

from portal.cases.exchange.table import Table
from portal.cases.transfer import queries
from portal.cases.transfer.models import CaseImport, ImportRow
from portal.cases.transfer.source import folder_of
from portal.core.errors import Refused
from portal.core.i18n import force_locale
from portal.core.i18n import gettext as _
from portal.extensions import db

STAYED_OUT = or_(
    ImportRow.outcome == "failed",
    and_(ImportRow.verdict == "error", or_(ImportRow.outcome.is_(None),
                                           ImportRow.outcome == "left")),
)


def error_rows(found: CaseImport, store: Path, language: str) -> Iterator[list[str]]:
    """Header and rows: of a table the columns as they were, of files where they lie; last the
    reason."""
    table = _table(found, store)
    with force_locale(language):
        reason = _("Reason")
        yield [*(table.header if table else (_("File"), _("Line"), _("Title"))), reason]
        for row in db.session.scalars(queries.rows_of(found).where(STAYED_OUT)):
            if table:
                yield [*table.cells(row.source), row.reason]
            else:
                yield [row.source, str(row.line or ""), row.title, row.reason]


def _table(found: CaseImport, store: Path) -> Table | None:
    """The table as it was uploaded; without it the reasons still stand."""
    if found.format != "table":
        return None
    try:
        folder = folder_of(found, store)
    except Refused:
        return None
    return folder if isinstance(folder, Table) else None
