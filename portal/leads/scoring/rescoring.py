"""Counting every open lead anew in the background, some hundred at a time."""

from typing import Any

from sqlalchemy import func, select, update

from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import reading_only
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.leads.scoring import queries
from portal.leads.scoring.actions import TASK
from portal.leads.scoring.rules import Settings, score, values_of
from portal.tasks import Progress, kind
from portal.tasks.models import Task

AT_ONCE = 500


@kind(TASK, _l("Scores of leads"), resumes=True,
      when_cancelled=_l("Leads that were counted keep their new score."))
def rescore_leads(task: Task, progress: Progress) -> None:
    """Every open lead in the order of its number; one that changes meanwhile is counted then."""
    last = int(task.result.get("last", 0))
    done, changed = progress.done, int(task.result.get("changed", 0))
    with reading_only():
        count = select(func.count()).select_from(Lead).where(Lead.status == OPEN)
        total = db.session.scalar(count) or 0
    progress(total=total)
    while True:
        with progress.batch():
            rows = _next(last)
            settings = queries.settings()
            values = [row for row in (_anew(row, settings) for row in rows) if row]
            if values:
                db.session.execute(update(Lead), values)
            if rows:
                last, done, changed = rows[-1].id, done + len(rows), changed + len(values)
            progress.note(last=last, changed=changed)
            progress(done=done)
        if len(rows) < AT_ONCE:
            return


def _next(last: int) -> Any:
    """Held until they are written: nobody's answer is overwritten."""
    query = (
        select(Lead.id, Lead.score, Lead.score_parts, Customer.industry, Customer.region,
               Customer.employees)
        .join(Customer, Customer.id == Lead.customer_id)
        .where(Lead.status == OPEN, Lead.id > last).order_by(Lead.id).limit(AT_ONCE)
        .with_for_update(of=Lead, key_share=True)
    )
    return db.session.execute(query).all()


def _anew(row: Any, settings: Settings) -> dict[str, Any] | None:
    """The new score of a lead; None when it is the same."""
    values = values_of(row.score_parts or {}, settings, industry=row.industry, region=row.region,
                       employees=row.employees)
    total = score(values, settings.weights).total
    if (total, values) == (row.score, row.score_parts):
        return None
    return {"id": row.id, "score": total, "score_parts": values}
