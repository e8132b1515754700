"""Writing down what came of a visit; correcting it by a new version, and voiding it."""

from datetime import date, datetime

from portal.core import clock
from portal.core.errors import Conflict, Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import block, line
from portal.customers.models import Customer
from portal.extensions import db
from portal.people.rules import Actor
from portal.reminders.actions import settle
from portal.visits import rules
from portal.visits.actions.checking import (
    check_alive,
    check_past_day,
    hold,
    hold_file,
    lead_of,
    reason_of,
)
from portal.visits.actions.meeting import note_met
from portal.visits.actions.next_steps import check_step, follow_with
from portal.visits.actions.noting import count_as_activity, happened_at, told_in, write_down
from portal.visits.content import ReviewFacts, Written
from portal.visits.events import ReviewCorrected, VisitReviewed, VisitVoided
from portal.visits.models import Visit, VisitReview

FIELDS = ("result", "words", "worked", "not_worked")


def review_visit(actor: Actor, visit: Visit, written: Written, now: datetime) -> None:
    """What came of a planned visit. The step that was to be taken until now is done, and the next
    one is set. Raises `Refused`; publishes `VisitReviewed`."""
    hold(visit)
    if visit.reviews or not visit.is_open:
        raise Refused(_l("This visit has a review already, or does not take place. You can correct "
                         "what was written."))
    if not rules.may_be_reviewed(visit.status, visit.day, clock.local_day(now)):
        raise Refused(_l("This visit is planned for a day to come. Move it to the day on which it "
                         "took place, or check in first."))
    _write(actor, visit, written, now)


def record_unplanned(
    actor: Actor, customer: Customer, lead_id: int | None, day: date, written: Written,
    now: datetime,
) -> Visit:
    """A visit that nobody had planned, with its review. Raises `Refused` for a day to come or more
    than a year ago; publishes `VisitReviewed`."""
    check_alive(customer)
    check_past_day(day, clock.local_day(now))
    lead = lead_of(customer, lead_id)
    visit = Visit(customer=customer, lead=lead, owner_id=actor.id, kind=rules.VISIT, day=day,
                  status=rules.PLANNED, created_by_id=actor.id, created_at=now, changed_at=now)
    db.session.add(visit)
    db.session.flush()
    _write(actor, visit, written, now)
    return visit


def _write(actor: Actor, visit: Visit, written: Written, now: datetime) -> None:
    check_step(written.next_step, clock.local_day(now))
    hold_file(visit.customer, visit.lead, met=written.met)
    review = _version(actor, visit, written.facts, now)
    review.next_step, review.next_on = line(written.next_step.text), written.next_step.on
    visit.status, visit.reviewed_at, visit.changed_at = rules.REVIEWED, now, now
    visit.version += 1
    met = note_met(actor, visit, written.met, now)
    settle(visit.ref, now, kinds=("visit.review_due",))
    at = happened_at(visit, now)
    write_down(actor, visit, "visit.reviewed", now, at=at, text=summary_of(review),
               result=review.result, met=met, next_step=review.next_step)
    count_as_activity(visit, at)
    follow_with(actor, visit.customer, visit.lead, written.next_step, now)
    publish(VisitReviewed(visit.id, visit.customer_id, visit.lead_id, actor.id, review.result))


def correct_review(
    actor: Actor, visit: Visit, facts: ReviewFacts, reason: str, now: datetime, *, number: int
) -> None:
    """A new version with a reason; the old one stays. `number` is that of the version the person
    had before them. Raises `Refused` and `Conflict`; publishes `ReviewCorrected`."""
    hold(visit)
    db.session.refresh(visit, ["reviews"])
    old = visit.review
    if old is None or visit.status != rules.REVIEWED:
        raise Refused(_l("There is nothing written here that could be corrected."))
    if old.number != number:
        raise Conflict(_l("Somebody else corrected this meanwhile. Look at it again; what you "
                          "typed is still here."))
    why = reason_of(reason)
    review = _version(actor, visit, facts, now)
    changes = {name: [getattr(old, name), getattr(review, name)] for name in FIELDS
               if getattr(old, name) != getattr(review, name)}
    if not changes:
        raise Refused(_l("Nothing is different from what was written before."))
    review.reason, review.next_step, review.next_on = why, old.next_step, old.next_on
    visit.changed_at = now
    visit.version += 1
    write_down(actor, visit, "visit.corrected", now, reason=why, corrects_id=told_in(visit),
               changes=changes)
    publish(ReviewCorrected(visit.id, actor.id, review.number))


def void_visit(actor: Actor, visit: Visit, reason: str, now: datetime) -> None:
    """It never took place, or was written under the wrong customer: it counts no more, and stays
    visible. Raises `Refused`; publishes `VisitVoided`."""
    hold(visit)
    if visit.status == rules.VOID:
        return
    if visit.status != rules.REVIEWED:
        raise Refused(_l("Nothing is written about this visit yet. Cancel it instead."))
    visit.status, visit.ended_at, visit.end_reason = rules.VOID, now, reason_of(reason)
    visit.version += 1
    write_down(actor, visit, "visit.voided", now, reason=visit.end_reason,
               corrects_id=told_in(visit), day=visit.day.isoformat())
    publish(VisitVoided(visit.id, visit.customer_id, visit.lead_id, actor.id))


def summary_of(review: VisitReview) -> str:
    """What the timeline tells of it: the customer's words, then what worked and what did not."""
    return "\n\n".join(filter(None, (review.words, review.worked, review.not_worked)))


def _version(actor: Actor, visit: Visit, facts: ReviewFacts, now: datetime) -> VisitReview:
    """The next version. Raises `Refused` when nothing is said."""
    words, worked, not_worked = map(block, (facts.words, facts.worked, facts.not_worked))
    if not visit.is_follow_up and facts.result not in rules.RESULTS:
        raise Refused(_l("Say whether the goal was reached."))
    if not rules.is_whole_review(words, worked, not_worked):
        raise Refused(_l("Write at least one of the three: what they said, what worked, or what "
                         "did not."))
    review = VisitReview(
        number=len(visit.reviews) + 1, result="" if visit.is_follow_up else facts.result,
        words=words, worked=worked, not_worked=not_worked, written_by_id=actor.id, written_at=now,
    )
    visit.reviews.append(review)
    return review
