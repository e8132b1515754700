"""What comes next with a lead: agreed, done, dropped."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.actions.timeline import note
from portal.leads import rules
from portal.leads.actions.activity import touch_lead
from portal.leads.actions.holding import hold_open
from portal.leads.events import NextStepSet
from portal.leads.models import Lead
from portal.people.rules import Actor
from portal.reminders.actions import remind, settle

REMINDER = "lead.next_step"
# Nobody plans a step for the time after that.
LONGEST_AHEAD = timedelta(days=3 * 366)


def set_next_step(
    actor: Actor, lead: Lead, text: str | None, at: datetime | None, now: datetime
) -> None:
    """What is done next, and when: the owner is reminded then, and no longer of the step before.

    Without text nothing is planned any more. Raises `Refused`. Publishes `NextStepSet`.
    """
    hold_open(lead)
    text = line(text)
    if not text:
        _clear(actor, lead, now)
        return
    at = _checked(text, at, now)
    if (lead.next_step, lead.next_step_at) == (text, at):
        return
    drop_step(lead, now)
    lead.next_step, lead.next_step_at, lead.last_activity_at = text, at, now
    remind_owner(lead, now)
    note(lead.customer_id, "lead.next_step", actor.id, now, lead_id=lead.id,
         text=text, due=at.isoformat())
    audit.record(actor.id, "lead.next_step", lead.ref, now, due=at.isoformat())
    publish(NextStepSet(lead.id, actor.id))


def _checked(text: str, at: datetime | None, now: datetime) -> datetime:
    """The time, if text and time can be."""
    if len(text) > rules.LONGEST_STEP:
        raise Refused(_l("A next step has at most 200 characters."))
    if at is None:
        raise Refused(_l("Say when: a step without a day is easily forgotten."))
    if at < now - timedelta(minutes=1):
        raise Refused(_l("This time has passed already. Choose a later one."))
    if at > now + LONGEST_AHEAD:
        raise Refused(_l("This is more than three years ahead. Is the year right?"))
    return at


def _clear(actor: Actor, lead: Lead, now: datetime) -> None:
    if not lead.next_step:
        return
    note(lead.customer_id, "lead.step_dropped", actor.id, now, lead_id=lead.id,
         text=lead.next_step)
    drop_step(lead, now)
    audit.record(actor.id, "lead.step_dropped", lead.ref, now)
    publish(NextStepSet(lead.id, actor.id))


def finish_step(actor: Actor, lead: Lead, now: datetime) -> None:
    """The step is done, which counts as something done with the customer. Publishes
    `NextStepSet`."""
    hold_open(lead)
    if not lead.next_step:
        return
    note(lead.customer_id, "lead.step_done", actor.id, now, lead_id=lead.id,
         text=lead.next_step)
    drop_step(lead, now)
    touch_lead(lead, now)
    audit.record(actor.id, "lead.step_done", lead.ref, now)
    publish(NextStepSet(lead.id, actor.id))


def drop_step(lead: Lead, now: datetime) -> None:
    """Nothing is planned any more, and nobody is reminded."""
    if lead.next_step:
        lead.next_step, lead.next_step_at = "", None
        settle(lead.ref, now, kinds=(REMINDER,))


def kept_step(lead: Lead) -> dict[str, Any]:
    """What was planned, as the timeline keeps it for `plan_again`."""
    if lead.next_step_at is None:
        return {}
    return {"next_step": lead.next_step, "next_step_at": lead.next_step_at.isoformat()}


def plan_again(lead: Lead, kept: Mapping[str, Any], now: datetime) -> None:
    """An open lead is what it was: its step is due when it was, and its owner reminded of it."""
    if lead.is_open and kept.get("next_step_at"):
        lead.next_step = str(kept["next_step"])
        lead.next_step_at = datetime.fromisoformat(kept["next_step_at"])
        remind_owner(lead, now)


def remind_owner(lead: Lead, now: datetime) -> None:
    """Whoever has it now is told when the step is due."""
    if lead.owner_id is not None and lead.next_step_at is not None:
        remind(lead.owner_id, REMINDER, lead.ref, lead.next_step_at, now,
               key=f"{lead.ref}:next_step", detail={"who": lead.next_step})
