"""Handing a lead of the pool to whoever's turn it is."""

from datetime import datetime

from portal.extensions import db
from portal.leads import rules as lead_rules
from portal.leads.actions.giving import give_lead
from portal.leads.actions.holding import hold, hold_people
from portal.leads.models import Lead
from portal.leads.pool import rules
from portal.leads.pool.actions.steps import memory, note
from portal.leads.pool.queries.limits import held_by
from portal.leads.pool.turns import Turn, Turns, traits
from portal.people.models import User


def allocate(lead: Lead, now: datetime, *, actor_id: int | None = None) -> int | None:
    """Give a lead of the pool to the person whose turn it is, and move the turn; who that is.

    None when no rule fits, when everybody is at the cap, and when somebody has the lead already:
    then nothing changes. One lead in one transaction; whoever had the lead last is left out.
    Publishes `LeadGiven`.
    """
    # Held in this order everywhere: rules, people, leads.
    turns = Turns(held=True)
    turn = _next(turns, lead)
    if turn.rule is None or turn.person_id is None:
        return None
    hold(lead)
    if not lead.in_pool or lead.customer.voided_at is not None:
        return None
    turn.rule.last_person_id = turn.person_id
    note(lead, rules.ALLOCATED, now, person_id=turn.person_id, actor_id=actor_id,
         before=memory(lead))
    give_lead(actor_id, lead, turn.person_id, now, why=lead_rules.ALLOCATED)
    return turn.person_id


def _next(turns: Turns, lead: Lead) -> Turn:
    """Whose turn it is, counted again while nobody can claim in between."""
    while True:
        turn = turns.next(traits(lead), lead.former_owner_id)
        if turn.person_id is None:
            return turn
        hold_people([turn.person_id])
        counted = held_by([turn.person_id])[turn.person_id]
        turns.count(turn.person_id, counted)
        person = db.session.get_one(User, turn.person_id)
        if turns.next(traits(lead), lead.former_owner_id).person_id == person.id:
            return turn
