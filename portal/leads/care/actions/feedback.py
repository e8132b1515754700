"""What customers say of us: written down, settled, voided."""

from datetime import datetime

from portal.core import audit, clock
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, line
from portal.customers.actions.activity import touch
from portal.customers.actions.timeline import note
from portal.customers.models import Contact, Customer
from portal.extensions import db
from portal.leads.care import rules
from portal.leads.care.content import FeedbackFacts
from portal.leads.care.models import Feedback
from portal.people.rules import Actor


def record_feedback(
    actor: Actor, customer: Customer, facts: FeedbackFacts, now: datetime
) -> Feedback:
    """Write down an answer, a complaint or praise. Raises `Refused`."""
    _check(customer, facts)
    feedback = Feedback(
        customer_id=customer.id, contact_id=facts.contact_id, kind=facts.kind,
        score=facts.score if facts.kind in rules.SCORES else None, text=block(facts.text),
        given_on=facts.given_on, recorded_by_id=actor.id, recorded_at=now,
    )
    db.session.add(feedback)
    db.session.flush()
    touch(customer, now)
    note(customer.id, "care.feedback", actor.id, now, subject=f"feedback:{feedback.id}",
         text=feedback.text, feedback=facts.kind, score=feedback.score)
    audit.record(actor.id, "care.feedback", customer.ref, now, kind=facts.kind,
                 feedback_id=feedback.id)
    return feedback


def settle_complaint(actor: Actor, feedback: Feedback, settlement: str, now: datetime) -> None:
    """The complaint is settled. Raises `Refused` without saying how."""
    _hold(feedback)
    if feedback.kind != rules.COMPLAINT or feedback.voided_at or feedback.settled_at:
        raise Refused(_l("Only an open complaint can be settled."))
    if not line(settlement):
        raise Refused(_l("Say how it was settled."))
    feedback.settled_at = now
    feedback.settlement = line(settlement)[: rules.LONGEST_OUTCOME]
    touch(feedback.customer, now)
    note(feedback.customer_id, "care.settled", actor.id, now, subject=f"feedback:{feedback.id}",
         text=feedback.settlement)
    audit.record(actor.id, "care.settled", feedback.customer.ref, now, feedback_id=feedback.id)


def void_feedback(actor: Actor, feedback: Feedback, reason: str, now: datetime) -> None:
    """It was never said, or not like this. Raises `Refused` without a reason."""
    _hold(feedback)
    if feedback.voided_at is not None:
        return
    if not line(reason):
        raise Refused(_l("Say why."))
    feedback.voided_at = now
    feedback.void_reason = line(reason)[: rules.LONGEST_OUTCOME]
    note(feedback.customer_id, "care.feedback_voided", actor.id, now,
         subject=f"feedback:{feedback.id}", reason=reason, feedback=feedback.kind,
         score=feedback.score)
    audit.record(actor.id, "care.feedback_voided", feedback.customer.ref, now,
                 feedback_id=feedback.id, reason=line(reason))


def _check(customer: Customer, facts: FeedbackFacts) -> None:
    if facts.kind not in rules.FEEDBACK:
        raise Refused(_l("Choose one of the list."))
    if facts.given_on > clock.today():
        raise Refused(_l("This day is still to come."))
    if len(block(facts.text)) > rules.LONGEST_TEXT:
        raise Refused(_l("At most 2,000 characters."))
    if facts.kind in rules.SCORES:
        lowest, highest = rules.SCORES[facts.kind]
        if facts.score is None or not lowest <= facts.score <= highest:
            raise Refused(_l("Write a whole number from %(lowest)d to %(highest)d.",
                             lowest=lowest, highest=highest))
    elif not block(facts.text):
        raise Refused(_l("Write what they said."))
    contact = db.session.get(Contact, facts.contact_id) if facts.contact_id else None
    if facts.contact_id and (contact is None or contact.customer_id != customer.id):
        raise Refused(_l("This contact belongs to another customer."))


def _hold(feedback: Feedback) -> None:
    db.session.flush()
    db.session.refresh(feedback, with_for_update={"of": Feedback, "key_share": True})
