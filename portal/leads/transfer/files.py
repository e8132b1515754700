"""Tables that people keep: the template to fill in, and what stayed out of an import."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import or_, select

from portal.core.i18n import force_locale
from portal.core.i18n import gettext as _
from portal.core.workbook import Sheet
from portal.extensions import db
from portal.leads.transfer import rules
from portal.leads.transfer.columns import FIELDS, heading_of
from portal.leads.transfer.models import LeadImport, LeadImportRow

PAGE = 1000
EXAMPLES = (
    {"company": "江南精密机械有限公司", "alias": "江南精机", "contact": "周文",
     "mobile": "13800138000", "job_title": "采购经理", "industry": "制造业", "region": "华东",
     "title": "ERP 升级", "product": "ERP系统", "amount": "120万", "expected_close": "2027-03-31"},
    {"company": "Harbour Logistics Ltd", "contact": "Anna Berg", "phone": "021-62345678-803",
     "email": "anna.berg@example.com", "channel": "展会", "title": "Warehouse system",
     "amount": "350000", "note": "Met at the autumn fair"},
)


def template(language: str) -> Sheet:
    """The headings that are understood, and two rows to see what goes where."""
    header = [heading_of(field, language) for field in FIELDS]
    rows = [[example.get(field, "") for field in FIELDS] for example in EXAMPLES]
    with force_locale(language):
        return Sheet(_("Leads"), header, rows)


def left_over(found: LeadImport, language: str) -> Iterator[list[str]]:
    """Headings and rows: the columns as they were, last the reason."""
    width = len(found.header)
    with force_locale(language):
        yield [*found.header, _("Reason")]
        for row in _rows(found.id, _stayed_out(found)):
            yield [*(row.cells + [""] * width)[:width], reason_of(row)]


def reason_of(row: LeadImportRow) -> str:
    """Why a row stayed out."""
    if row.outcome is None and row.verdict != rules.ERROR:
        return _("The import was stopped before its turn came.")
    if row.reason:
        return "; ".join(row.reason.splitlines())
    said: dict[str, Any] = {
        rules.DUPLICATE: _("A colleague has this customer."),
        rules.POOL: _("This customer is in the pool; claim it there."),
        rules.SAME: _("The same company as in line %(line)s.", line=row.same_as),
        rules.CLOSE: _("Nearly the same as a customer that is known already."),
    }
    return str(said.get(row.verdict) or _("It was left out."))


def _stayed_out(found: LeadImport) -> Any:
    """Wrong rows; after the import also those that were left out, and those whose turn never
    came."""
    out = LeadImportRow.outcome
    if found.commit_task is not None and found.commit_task.is_finished:
        return or_(out.is_(None), out.in_((rules.FAILED, rules.LEFT)))
    return LeadImportRow.verdict == rules.ERROR


def _rows(import_id: int, which: Any) -> Iterator[LeadImportRow]:
    """In pieces: a table may be long."""
    last = 0
    while True:
        rows: Sequence[LeadImportRow] = db.session.scalars(
            select(LeadImportRow)
            .where(LeadImportRow.import_id == import_id, LeadImportRow.line > last, which)
            .order_by(LeadImportRow.line).limit(PAGE)).all()
        yield from rows
        if len(rows) < PAGE:
            return
        last = rows[-1].line
