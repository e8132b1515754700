"""Who is told about reviews; after the transaction, each fact once."""

from portal.core import clock
from portal.extensions import db
from portal.leads.events import LeadClosed, LeadReopened, LeadRestored, LeadVoided
from portal.leads.models import Lead
from portal.leads.stages.events import ReviewAsked, ReviewEnded, ReviewGiven
from portal.leads.stages.models import StageReview
from portal.leads.stages.queries.reviews import asked_of
from portal.reminders.actions import notify, settle

ASKED = ("stage.review_asked",)


def tell_of_asked(event: ReviewAsked) -> None:
    """Whoever is to give it."""
    review = db.session.get(StageReview, event.review_id)
    if review is not None and review.is_open:
        notify({review.reviewer_id}, "stage.review_asked", review.ref, clock.now(),
               key=f"{review.ref}:asked", actor_id=event.actor_id)


def tell_of_given(event: ReviewGiven) -> None:
    """Whoever asked, and the owner; for the reviewer the work is done."""
    review = db.session.get(StageReview, event.review_id)
    if review is None or review.is_open:
        return
    now = clock.now()
    settle(review.ref, now, kinds=ASKED)
    people = {review.asked_by_id, review.lead.owner_id} - {None}
    notify({person for person in people if person is not None}, "stage.review_given", review.ref,
           now, key=f"{review.ref}:given", actor_id=event.actor_id)


def forget_the_review(event: ReviewEnded) -> None:
    """Nobody waits for it."""
    review = db.session.get(StageReview, event.review_id)
    if review is not None and not review.is_open:
        settle(review.ref, clock.now(), kinds=ASKED)


def forget_reviews_of(event: LeadClosed | LeadVoided) -> None:
    """The lead is over: what was asked about it need not be answered."""
    for review in asked_of(event.lead_id):
        settle(review.ref, clock.now(), kinds=ASKED)


def tell_again(event: LeadReopened | LeadRestored) -> None:
    """It goes on: whoever was asked about it is asked still."""
    lead = db.session.get(Lead, event.lead_id)
    if lead is None or not lead.is_open:
        return
    for review in asked_of(lead.id):
        notify({review.reviewer_id}, "stage.review_asked", review.ref, clock.now(),
               key=f"{review.ref}:asked:{lead.version}", actor_id=event.actor_id)
