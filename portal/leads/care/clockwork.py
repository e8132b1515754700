"""What time asks for in the care of customers: days to congratulate, reports, who may leave."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from time import sleep
from typing import Any

from sqlalchemy import exists, extract, select
from sqlalchemy import tuple_ as row_of

from portal.core import clock, jobs
from portal.core.unit_of_work import reading_only, transaction
from portal.customers.models import Contact, Customer
from portal.extensions import db
from portal.leads.care import queries, rules
from portal.leads.care.actions import open_tasks, over_by_itself
from portal.leads.care.models import CareTask
from portal.leads.care.options import limits
from portal.options.queries import value
from portal.reminders.actions import notify

# So many tasks are written in one transaction, and then everybody else has their turn: SQLite lets
# whoever asks again at once go first.
AT_ONCE = 50
PAUSE_SECONDS = 0.05
# A customer is an old one from then on, and gets the quarter's report.
OLD_AFTER = timedelta(days=90)

Wanted = dict[str, Any]


@jobs.job("care", every_minutes=6 * 60, at_start=True)
def look_after_customers() -> None:
    """Open what is due; running it again opens nothing twice."""
    now = clock.now()
    today = clock.local_day(now)
    with reading_only():
        wanted = [*_birthdays(today), *_anniversaries(today), *_reports(today),
                  *_leaving(today, now)]
    for start in range(0, len(wanted), AT_ONCE):
        with transaction():
            _tell(open_tasks(wanted[start:start + AT_ONCE], now), now)
        sleep(PAUSE_SECONDS)
    with transaction():
        over_by_itself([CareTask.kind.in_(rules.OF_ONE_DAY), CareTask.due_on < today], now)


def _days(today: date) -> dict[tuple[int, int], date]:
    return rules.days_kept(today, value("care.days_ahead"))


def _birthdays(today: date) -> Iterator[Wanted]:
    kept = _days(today)
    query = (
        select(Contact.id, Contact.customer_id, Contact.birth_month, Contact.birth_day)
        .join(Contact.customer)
        .where(row_of(Contact.birth_month, Contact.birth_day).in_(list(kept)),
               Contact.voided_at.is_(None), Customer.owner_id.is_not(None),
               Customer.voided_at.is_(None))
    )
    for contact_id, customer_id, month, day in db.session.execute(query):
        due = kept[month or 0, day or 0]
        yield {"customer_id": customer_id, "contact_id": contact_id, "kind": rules.BIRTHDAY,
               "key": f"birthday:{contact_id}:{due.year}", "due_on": due}


def _anniversaries(today: date) -> Iterator[Wanted]:
    """Of the first contract, every year."""
    kept = _days(today)
    query = select(Customer.id, Customer.customer_since).where(
        Customer.customer_since.is_not(None), Customer.owner_id.is_not(None),
        Customer.voided_at.is_(None),
        row_of(extract("month", Customer.customer_since),
               extract("day", Customer.customer_since)).in_(list(kept)))
    for customer_id, since in db.session.execute(query):
        due = kept[since.month, since.day] if since else today
        if since and due.year > since.year:
            yield {"customer_id": customer_id, "kind": rules.ANNIVERSARY, "due_on": due,
                   "key": f"anniversary:{customer_id}:{due.year}",
                   "detail": {"years": due.year - since.year}}


def _reports(today: date) -> Iterator[Wanted]:
    """A report each quarter for every customer that is no longer new."""
    quarter, due = rules.quarter_of(today), rules.quarter_end(today)
    has_one = exists().where(CareTask.customer_id == Customer.id, CareTask.kind == rules.REPORT,
                             CareTask.due_on == due)
    query = select(Customer.id).where(
        Customer.customer_since <= today - OLD_AFTER, Customer.owner_id.is_not(None),
        Customer.voided_at.is_(None), ~has_one)
    for customer_id in db.session.scalars(query):
        yield {"customer_id": customer_id, "kind": rules.REPORT, "due_on": due,
               "key": f"report:{customer_id}:{quarter}"}


def _leaving(today: date, now: datetime) -> Iterator[Wanted]:
    """Once a quarter for each customer who may be about to leave, unless one waits already."""
    waiting = set(db.session.scalars(
        select(CareTask.customer_id).where(CareTask.kind == rules.WIN_BACK,
                                           CareTask.done_at.is_(None))))
    for customer_id, found in queries.may_leave(limits(), now):
        if customer_id not in waiting:
            yield {"customer_id": customer_id, "kind": rules.WIN_BACK, "due_on": today,
                   "key": f"churn:{customer_id}:{rules.quarter_of(today)}",
                   "detail": {"warnings": list(found)}}


def _tell(made: Sequence[CareTask], now: datetime) -> None:
    """Owners hear of days to congratulate and of who may leave; the rest waits on their page."""
    kinds = {rules.BIRTHDAY: "care.day", rules.ANNIVERSARY: "care.day",
             rules.WIN_BACK: "care.churn"}
    for task in made:
        owner_id = task.customer.owner_id
        if task.kind in kinds and owner_id is not None:
            notify({owner_id}, kinds[task.kind], f"care:{task.id}", now, key=f"care:{task.id}")
