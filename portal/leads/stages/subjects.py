"""Reviews at the gates as what news are about."""

from collections.abc import Collection, Mapping

from flask import url_for
from sqlalchemy import or_, select

from portal.core.i18n import gettext as _
from portal.customers.models import Customer
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.queries.reading import readable_one
from portal.leads.stages.models import StageReview
from portal.leads.stages.words import worded
from portal.leads.words import lead_title
from portal.people.rules import Actor
from portal.reminders.subjects import About, Subject


def _about(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    """For who gives it, who asked, and whoever reads the lead."""
    query = (
        select(StageReview.id, StageReview.words, Customer.name, Lead.title)
        .join(Lead, Lead.id == StageReview.lead_id).join(Customer, Customer.id == Lead.customer_id)
        .where(StageReview.id.in_(ids),
               or_(StageReview.reviewer_id == actor.id, StageReview.asked_by_id == actor.id,
                   readable_one(actor)))
    )
    return {
        review_id: About(
            _("%(gate)s (%(lead)s)", gate=worded(words), lead=lead_title(customer, title)),
            url_for("stages.review", gate_review_id=review_id))
        for review_id, words, customer, title in db.session.execute(query)
    }


SUBJECTS = (Subject("stage-review", _about),)
