"""Takes customers, deals and visits of the sample away, and its people out of those of others."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update

from portal.cases.alerts.models import Alert
from portal.cases.models import Case, Reuse
from portal.customers.actions import ownership
from portal.customers.models import Customer, CustomerPerson, TimelineEntry
from portal.extensions import db
from portal.leads.actions.giving import give_lead
from portal.leads.board.models import SavedView
from portal.leads.care.models import CareTask, Feedback
from portal.leads.claims.models import Claim
from portal.leads.models import Lead
from portal.leads.money.models import Receivable
from portal.leads.pool.models import AllocationRule
from portal.leads.rules import LEFT, OPEN
from portal.leads.stages.models import StageReview
from portal.leads.transfer.models import LeadImport
from portal.sample import references
from portal.tasks.models import Task
from portal.visits.models import Visit

# Databases limit the values of one statement.
AT_ONCE = 300


@dataclass(frozen=True)
class Gone:
    """What is to go, and how other tables name it; `files` are the customers that are found by
    other words afterwards, or no longer."""

    customers: frozenset[int]
    leads: frozenset[int]
    visits: frozenset[int]
    claims: frozenset[int]
    refs: tuple[str, ...]
    files: frozenset[int]


def look(people: Collection[int]) -> Gone:
    """What came with the sample, and what somebody recorded while signed in as one of them. What
    they recorded and a real person has by now is theirs."""
    customers = _ids(Customer, or_(Customer.is_sample, _recorded(Customer, people)))
    leads = _ids(Lead, or_(Lead.is_sample, Lead.customer_id.in_(customers),
                           _recorded(Lead, people)))
    visits = _ids(Visit, or_(Visit.is_sample, Visit.customer_id.in_(customers),
                             Visit.owner_id.in_(people)))
    claims = _ids(Claim, or_(Claim.customer_id.in_(customers), Claim.claimant_id.in_(people)))
    parts = [(Receivable, "receivable", Receivable.lead_id.in_(leads)),
             (StageReview, "stage-review", StageReview.lead_id.in_(leads)),
             (CareTask, "care", CareTask.customer_id.in_(customers))]
    named = [("customer", customers), ("lead", leads), ("visit", visits), ("claim", claims),
             *((word, _ids(model, of_them)) for model, word, of_them in parts)]
    refs = tuple(f"{word}:{number}" for word, ids in named for number in sorted(ids))
    files = customers | frozenset(
        each for some in _some(sorted(leads)) for each in db.session.scalars(
            select(Lead.customer_id).where(Lead.id.in_(some))))
    return Gone(customers, leads, visits, claims, refs, files)


def remove(gone: Gone, people: Collection[int], now: datetime) -> None:
    """Remove all of it, whatever else hangs on it; cases of others no longer lead there."""
    for refs in _some(gone.refs):
        for model in (Case, Reuse, Alert):
            db.session.execute(update(model).where(model.source_ref.in_(refs))
                               .values(source_ref=None))
    _remove_entries(gone)
    for table, ids in ((Claim, gone.claims), (Visit, gone.visits), (Lead, gone.leads),
                       (Customer, gone.customers)):
        for some in _some(sorted(ids)):
            references.wipe(table.__table__, some)
    db.session.execute(delete(Feedback).where(Feedback.recorded_by_id.in_(people)))
    _remove_own(people)
    db.session.expire_all()
    _hand_back(people, now)


def _recorded(model: type[Any], people: Collection[int]) -> ColumnElement[bool]:
    nobodys = model.owner_id.is_(None) | model.owner_id.in_(people)
    owned: ColumnElement[bool] = model.created_by_id.in_(people) & nobodys
    return owned


def _ids(model: type[Any], which: ColumnElement[bool]) -> frozenset[int]:
    return frozenset(db.session.scalars(select(model.id).where(which)))


def _some(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))


def _remove_entries(gone: Gone) -> None:
    """What the files of others say of deals, visits and claims that never were; other entries of a
    file go with it."""
    entries: set[int] = set()
    for leads in _some(sorted(gone.leads)):
        entries |= _ids(TimelineEntry, TimelineEntry.lead_id.in_(leads))
    for refs in _some(gone.refs):
        entries |= _ids(TimelineEntry, TimelineEntry.subject.in_(refs))
    for some in _some(sorted(entries)):
        references.wipe(TimelineEntry.__table__, some)


def _remove_own(people: Collection[int]) -> None:
    """What was only theirs: kept views, imports with their work, rules of allocation."""
    db.session.execute(delete(SavedView).where(SavedView.person_id.in_(people)))
    imports = db.session.scalars(select(LeadImport).where(LeadImport.person_id.in_(people))).all()
    work = {each for row in imports
            for each in (row.rehearsal_id, row.commit_id, row.revert_id) if each}
    references.wipe(LeadImport.__table__, [row.id for row in imports])
    references.wipe(Task.__table__, sorted(work))
    theirs = _ids(AllocationRule, AllocationRule.changed_by_id.in_(people))
    references.wipe(AllocationRule.__table__, sorted(theirs))


def _hand_back(people: Collection[int], now: datetime) -> None:
    """Sample people leave the files of others; what they had there waits in the pool."""
    deals = select(Lead).where(Lead.owner_id.in_(people), Lead.status == OPEN)
    for lead in db.session.scalars(deals.order_by(Lead.id)).all():
        give_lead(None, lead, None, now, why=LEFT)
    theirs = select(Customer).where(Customer.owner_id.in_(people))
    for customer in db.session.scalars(theirs.order_by(Customer.id)).all():
        ownership.give(customer, None, None, now)
    db.session.flush()
    db.session.execute(delete(CustomerPerson).where(CustomerPerson.person_id.in_(people)))
    for rule in db.session.scalars(select(AllocationRule)):
        left = [each for each in rule.people if each not in people]
        if left != rule.people:
            rule.people = left
            rule.removed_at = rule.removed_at if left else rule.removed_at or now
