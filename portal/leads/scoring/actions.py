"""Answering what a score is made of, keeping scores true, and deciding what weighs how much."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.errors import Conflict, Refused
from portal.core.i18n import lazy_gettext as _l
from portal.customers.actions.timeline import note
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.actions.holding import hold_open
from portal.leads.models import Lead
from portal.leads.rules import OPEN
from portal.leads.scoring import queries
from portal.leads.scoring.models import ScoringVersion
from portal.leads.scoring.rules import (
    ASKED,
    LEVELS,
    Settings,
    problem_with,
    score,
    values_of,
)
from portal.people.rules import Actor
from portal.tasks.actions import start_task
from portal.tasks.models import Task

TASK = "lead_rescore"
PROBLEMS = {
    "negative": _l("A weight is not below 0."),
    "sum": _l("The weights must add up to 100."),
    "value": _l("Choose one of the list."),
    "bands": _l("Each size begins at another number of employees."),
}


def rescore(lead: Lead, now: datetime) -> bool:
    """Bring the score of one lead up to date; whether it changed."""
    customer, settings = lead.customer, queries.settings()
    values = values_of(
        lead.score_parts or {}, settings, industry=customer.industry, region=customer.region,
        employees=customer.employees,
    )
    total = score(values, settings.weights).total
    if (values, total) == (lead.score_parts, lead.score):
        return False
    lead.score, lead.score_parts = total, values
    return True


def rescore_customer(customer: Customer, now: datetime) -> None:
    """The same for all open leads of a customer."""
    query = select(Lead).where(Lead.customer_id == customer.id, Lead.status == OPEN)
    for lead in db.session.scalars(query):
        rescore(lead, now)


def answer_score(
    actor: Actor, lead: Lead, levels: Mapping[str, int | None], now: datetime
) -> bool:
    """Say how clear budget and decision chain are, and how urgent it is: dimension → 0 to 3, None
    for not known. Whether anything changed. Raises `Refused`."""
    hold_open(lead)
    if any(name not in ASKED for name in levels) or any(
            level is not None and not 0 <= level < len(LEVELS) for level in levels.values()):
        raise Refused(_l("Choose one of the list."))
    before = {name: level_of(lead, name) for name in levels}
    changed = {name: [before[name], level] for name, level in levels.items()
               if level != before[name]}
    if not changed:
        return False
    parts = dict(lead.score_parts or {})
    for name, (_before, level) in changed.items():
        parts.pop(name, None)
        if level is not None:
            parts[name] = LEVELS[level]
    points = lead.score
    lead.score_parts = parts
    rescore(lead, now)
    lead.last_activity_at = now
    note(lead.customer_id, "lead.scored", actor.id, now, lead_id=lead.id, subject=lead.ref,
         changes=changed, before=points, after=lead.score)
    audit.record(actor.id, "lead.scored", lead.ref, now, before=points, after=lead.score)
    return True


def level_of(lead: Lead, dimension: str) -> int | None:
    """Which level was answered; None when nobody did."""
    value = (lead.score_parts or {}).get(dimension)
    return LEVELS.index(value) if value in LEVELS else None


def change_scoring(
    actor: Actor, wanted: Settings, now: datetime, *, base: int, language: str
) -> Task | None:
    """Let this hold from now on, and count every open lead anew in the background: the task, None
    when nothing changed. `base` is the version that was changed. Raises `Refused`, and `Conflict`
    when somebody else changed it since."""
    number, before = queries.newest()
    if base != number:
        raise Conflict(_l("Somebody else changed the scoring in the meantime. Look at what holds "
                          "now, then change it again."))
    if problem := problem_with(wanted):
        raise Refused(PROBLEMS[problem])
    if queries.stored(wanted) == queries.stored(before):
        return None
    db.session.add(ScoringVersion(number=number + 1, content=queries.stored(wanted), made_at=now,
                                  made_by_id=actor.id))
    # Two who save at once: the second learns of it here.
    db.session.flush()
    queries.forget()
    audit.record(actor.id, "scoring.changed", "scoring", now, before=queries.stored(before),
                 after=queries.stored(wanted), number=number + 1)
    return rescore_all(actor, now, language)


def restore_scoring(
    actor: Actor, number: int, now: datetime, *, base: int, language: str
) -> Task | None:
    """Let a former version hold again. Raises `Refused`, `Conflict`."""
    wanted = queries.version(number)
    if wanted is None:
        raise Refused(_l("This version does not exist."))
    return change_scoring(actor, wanted, now, base=base, language=language)


def rescore_all(actor: Actor, now: datetime, language: str) -> Task:
    """Count every open lead anew; work that waits already will do."""
    session: Session = db.session()
    waiting = session.scalars(
        select(Task).where(Task.kind == TASK, Task.status == "waiting").limit(1)).first()
    return waiting or start_task(actor, TASK, now, language=language)
