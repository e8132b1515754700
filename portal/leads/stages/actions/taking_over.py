"""A lead that begins at a later stage, because what came before happened elsewhere."""

from datetime import datetime

from sqlalchemy import select

from portal.core import audit
from portal.customers.actions.timeline import note
from portal.extensions import db
from portal.leads.models import Lead, LeadMove
from portal.leads.stages.queries import stage_map
from portal.leads.stages.rules import lacking
from portal.people.rules import Actor


def note_taken_over(actor: Actor, lead: Lead, reason: str, now: datetime) -> None:
    """Write down, with a lead that was just recorded, that nobody here checked what leads up to
    its stage: its items and gates count as passed for this reason."""
    stages = stage_map()
    if stages.first is None or not stages.is_forward(stages.first.code, lead.stage):
        return
    lacks = lacking(stages, stages.first.code, lead.stage, (), ())
    lacked = [{"zh": lack.words.zh, "en": lack.words.en} for lack in lacks]
    began = db.session.scalars(
        select(LeadMove).where(LeadMove.lead_id == lead.id, LeadMove.from_stage.is_(None))).one()
    began.passed_reason, began.lacked = reason, lacked
    note(lead.customer_id, "lead.taken_over", actor.id, now, lead_id=lead.id, reason=reason,
         to=lead.stage, lacked=lacked)
    audit.record(actor.id, "lead.taken_over", lead.ref, now, after=lead.stage)
