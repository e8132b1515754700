"""Reviews on the start page: of whoever is to give them, and those that were refused."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from portal.core.i18n import gettext as _
from portal.core.today import Pressing, Row
from portal.extensions import db
from portal.leads.stages.queries.reviews import refused_to, waiting_for
from portal.leads.stages.words import worded
from portal.leads.words import title_of
from portal.people.rules import SELLERS, Actor


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """What waits for this person's review, then what must change before it is asked again."""
    if actor.role not in SELLERS:
        return
    for review in db.session.scalars(waiting_for(actor)):
        url = url_for("stages.review", gate_review_id=review.id)
        yield Row(
            pressing=Pressing.ANSWER, what=_("Review: %(gate)s", gate=worded(review.words)),
            title=title_of(review.lead), open=url, who=review.asked_by.name,
            since=review.asked_at, icon="eye-check", tone="amber", action=_("Review"),
            target=url, key=review.ref,
        )
    for review in db.session.scalars(refused_to(actor)):
        yield Row(
            pressing=Pressing.GO_ON,
            what=_("Review refused: %(gate)s", gate=worded(review.words)),
            title=title_of(review.lead), open=url_for("leads.show", lead_id=review.lead_id),
            who=review.decided_by.name if review.decided_by else "", since=review.decided_at,
            icon="circle-x", tone="red", action=_("See why"),
            target=url_for("stages.move", lead_id=review.lead_id, stage=review.stage),
            key=review.ref,
        )
