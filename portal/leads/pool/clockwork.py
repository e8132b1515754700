"""The clock of the pool: first contacts that are due, idle leads, and new leads without owner."""

from collections.abc import Callable, Sequence
from datetime import datetime

from portal.core import clock, jobs
from portal.core.unit_of_work import after_commit, reading_only, transaction
from portal.extensions import db
from portal.leads.actions.holding import hold
from portal.leads.events import LeadRecorded
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.actions.allocating import allocate
from portal.leads.pool.actions.returning import put_into_pool
from portal.leads.pool.actions.steps import note
from portal.leads.pool.models import PoolStep
from portal.leads.pool.options import idle_terms
from portal.leads.pool.queries import due
from portal.leads.pool.telling import tell_of_idle, tell_of_late, tell_of_return, tell_of_soon
from portal.people.queries import team_tree

NEW_LEADS = "pool_new"


@jobs.job("pool", every_minutes=5)
def watch_leads() -> None:
    """Each lead in a transaction of its own; whoever looks second finds nothing left to do."""
    now = clock.now()
    _each(due.answers_soon(now), _remind, now)
    _each(due.answers_late(now), _note_late, now)
    _each(due.idle(now), _warn, now)
    _each(due.warned(now), _take_back, now)


@jobs.job(NEW_LEADS, every_minutes=5)
def allocate_new() -> None:
    """What was recorded without an owner goes to whoever's turn it is."""
    while True:
        with reading_only():
            waiting = due.new_leads()
        for step_id in waiting:
            with transaction():
                _allocate(step_id, clock.now())
        if not waiting:
            return


def wait_for_rules(event: LeadRecorded) -> None:
    """A lead without an owner waits until this transaction is over; then the rules decide. For an
    import its person decides whether they do."""
    lead = db.session.get_one(Lead, event.lead_id)
    if event.owner_id is None and lead.import_id is None:
        let_rules_decide(lead)


def let_rules_decide(lead: Lead) -> None:
    """Hand this lead out after the transaction, if there are rules."""
    if due.has_rules():
        note(lead, rules.NEW, clock.now(), person_id=None)
        after_commit(NEW_LEADS, lambda: jobs.wake(NEW_LEADS))


def _allocate(step_id: int, now: datetime) -> None:
    step = db.session.get(PoolStep, step_id)
    if step is None:
        return
    lead = step.lead
    allocate(lead, now)
    db.session.delete(step)


def _each(ids: Sequence[int], act: Callable[[Lead, datetime], None], now: datetime) -> None:
    for lead_id in ids:
        with transaction():
            lead = db.session.get(Lead, lead_id)
            if lead is not None:
                hold(lead)
                if lead.is_open and lead.owner_id is not None:
                    act(lead, now)


def _remind(lead: Lead, now: datetime) -> None:
    if lead.response_due_at is not None and not due.has_step(lead, rules.SOON):
        note(lead, rules.SOON, now, person_id=lead.owner_id)
        tell_of_soon(lead, now)


def _note_late(lead: Lead, now: datetime) -> None:
    if lead.response_due_at is None or lead.response_due_at > now:
        return
    if not due.has_step(lead, rules.LATE):
        note(lead, rules.LATE, now, person_id=lead.owner_id)
        tell_of_late(lead, team_tree(), now)


def _warn(lead: Lead, now: datetime) -> None:
    terms = idle_terms()
    if lead.idle_warned_at is None and lead.last_activity_at < rules.idle_since_before(now, terms):
        lead.idle_warned_at = now
        note(lead, rules.WARNED, now, person_id=lead.owner_id)
        tell_of_idle(lead, team_tree(), now)


def _take_back(lead: Lead, now: datetime) -> None:
    warned, terms = lead.idle_warned_at, idle_terms()
    if warned is None or warned > rules.warned_before(now, terms):
        return
    if lead.last_activity_at > warned or due.is_kept(lead):
        # Something was done, or it went on to a stage that keeps it.
        lead.idle_warned_at = None
        return
    owner_id, days = lead.owner_id, (now - lead.last_activity_at).days
    put_into_pool(lead, rules.IDLE, now, actor_id=None, reason="", days=days)
    tell_of_return(lead, owner_id, now)
