"""Closing a lead as won, lost or abandoned (L10)."""

from collections.abc import Mapping
from datetime import datetime

from portal.core import audit
from portal.core.clock import local_day
from portal.core.errors import Conflict, Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.customers.actions.timeline import note
from portal.leads import rules as leads
from portal.leads.actions.activity import touch_lead
from portal.leads.actions.holding import hold
from portal.leads.actions.signing import signed
from portal.leads.actions.steps import kept_step
from portal.leads.closing.actions.checking import checked
from portal.leads.closing.content import Ending
from portal.leads.closing.queries.alerts import has_answer
from portal.leads.closing.queries.endings import last_ending, last_reopening
from portal.leads.events import LeadClosed
from portal.leads.models import Lead
from portal.leads.money.actions import correct_contract
from portal.leads.money.content import ContractFacts
from portal.leads.stages.actions import move_lead
from portal.leads.stages.queries import stage_map
from portal.leads.words import STATUSES
from portal.people.rules import Actor


class ClosedMeanwhile(Conflict):
    """Somebody else closed it first; what they said stands."""


def close_lead(
    actor: Actor, lead: Lead, ending: Ending, now: datetime, *,
    answers: Mapping[str, str] | None = None, pass_reason: str = "",
) -> None:
    """End an open lead. A won one goes to the last stage, which its gates must let pass (or a
    manager with `pass_reason`); lost and abandoned ones stay where they are. A lead is abandoned
    only after a manager answered a difficulty alert from it.

    Raises `ClosedMeanwhile`, `Refused` for what is missing or cannot be, and what `move_lead`
    raises. Publishes `LeadClosed`.
    """
    hold(lead)
    _refuse_closed(lead)
    ending = checked(ending, lead, local_day(now))
    if ending.status == leads.ABANDONED:
        _refuse_unanswered(lead)
    from_stage = lead.stage
    if ending.status == leads.WON:
        _win(actor, lead, ending, now, answers or {}, pass_reason)
    _end(lead, ending, now)
    note(lead.customer_id, "lead.closed", actor.id, now, lead_id=lead.id, subject=lead.ref,
         text=ending.note, status=ending.status, from_stage=from_stage, why=ending.reason,
         competitors=list(ending.competitors),
         amount=None if lead.contract_amount is None else str(lead.contract_amount),
         currency=lead.currency, **kept_step(lead))
    touch_lead(lead, now)
    audit.record(actor.id, "lead.closed", lead.ref, now, status=ending.status,
                 **({"reason": ending.reason} if ending.reason else {}))
    publish(LeadClosed(lead.id, actor.id, ending.status))


def _refuse_closed(lead: Lead) -> None:
    if lead.is_open and lead.owner_id is None:
        raise Refused(_l("Nobody has this lead; claim it from the pool first."))
    if lead.is_open:
        return
    if lead.status == leads.VOID:
        raise Refused(_l("This lead is void."))
    entry = last_ending(lead)
    word = STATUSES[lead.status][0]
    if entry is None or entry.actor is None:
        raise ClosedMeanwhile(_l("This lead is closed already: %(status)s.", status=word))
    raise ClosedMeanwhile(_l("%(name)s closed this lead already: %(status)s. Nothing you typed "
                             "changed that.", name=entry.actor.name, status=word))


def _refuse_unanswered(lead: Lead) -> None:
    if has_answer(lead):
        return
    if last_reopening(lead) is not None:
        raise Refused(_l("This lead was opened again: before it is abandoned, a manager must have "
                         "answered a difficulty alert from it since. Raise one first."))
    raise Refused(_l("Before a lead is abandoned, a manager must have answered a difficulty "
                     "alert from it. Raise one first."))


def _win(
    actor: Actor, lead: Lead, ending: Ending, now: datetime, answers: Mapping[str, str],
    pass_reason: str,
) -> None:
    """What the contract says, the last stage, and the first day as a customer."""
    contract = ContractFacts(ending.contract_amount, ending.margin, ending.signed_on)
    why = ending.note or str(_l("As it stood when the lead was closed"))
    correct_contract(actor, lead, contract, why, now, version=lead.version)
    last = stage_map().last
    if last is not None:
        move_lead(actor, lead, last.code, now, answers=answers, pass_reason=pass_reason,
                  closing=True)
    signed(lead.customer, ending.signed_on)


def _end(lead: Lead, ending: Ending, now: datetime) -> None:
    lead.status, lead.closed_at = ending.status, now
    lead.lost_reason = ending.reason or None
    lead.closing_note = ending.note
    known = (*lead.competitors, *ending.competitors)
    lead.competitors = list(dict.fromkeys(known))[: leads.MOST_COMPETITORS]
    lead.version += 1
