"""A call, a message or a mail: written down in one go with what comes next."""

from datetime import datetime

from portal.core import clock
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, line
from portal.customers.models import Customer
from portal.extensions import db
from portal.people.rules import Actor
from portal.visits import rules
from portal.visits.actions.checking import check_alive, check_past_day, hold_file, lead_of
from portal.visits.actions.meeting import note_met
from portal.visits.actions.next_steps import check_step, follow_with
from portal.visits.actions.noting import count_as_activity, happened_at, write_down
from portal.visits.content import FollowUp
from portal.visits.events import FollowUpRecorded
from portal.visits.models import Visit, VisitReview


def record_follow_up(
    actor: Actor, customer: Customer, follow_up: FollowUp, now: datetime
) -> Visit:
    """What came of it. The reminder that asked for it is closed, the next one set. Raises
    `Refused`; publishes `FollowUpRecorded`."""
    check_alive(customer)
    today = clock.local_day(now)
    check_past_day(follow_up.day, today)
    check_step(follow_up.next_step, today)
    if follow_up.channel not in rules.CHANNELS:
        raise Refused(_l("Say how you were in touch: a call, a message or a mail."))
    words = block(follow_up.words)
    if not words.strip():
        raise Refused(_l("Write in a few words what came of it."))
    lead = lead_of(customer, follow_up.lead_id)
    hold_file(customer, lead, met=follow_up.met)
    visit = Visit(
        customer=customer, lead=lead, owner_id=actor.id, kind=follow_up.channel,
        status=rules.REVIEWED, day=follow_up.day, reviewed_at=now, created_by_id=actor.id,
        created_at=now, changed_at=now,
    )
    visit.reviews.append(VisitReview(
        number=1, words=words, next_step=line(follow_up.next_step.text),
        next_on=follow_up.next_step.on, written_by_id=actor.id, written_at=now,
    ))
    db.session.add(visit)
    db.session.flush()
    met = note_met(actor, visit, follow_up.met, now)
    at = happened_at(visit, now)
    write_down(actor, visit, "follow_up.recorded", now, at=at, text=words,
               channel=follow_up.channel, met=met, next_step=line(follow_up.next_step.text))
    count_as_activity(visit, at)
    follow_with(actor, customer, lead, follow_up.next_step, now)
    publish(FollowUpRecorded(visit.id, visit.customer_id, visit.lead_id, actor.id,
                             follow_up.channel))
    return visit
