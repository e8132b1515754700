"""Duplicate claims on the start page: to decide, to answer, and typed but not sent."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from portal.cases.alerts.words import left_word
from portal.core.i18n import gettext as _
from portal.core.today import Pressing, Row
from portal.leads.claims.models import Claim
from portal.leads.claims.queries import lists
from portal.people.rules import SELLERS, Actor
from portal.workdays.queries import calendar


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """What waits longest for a decision first."""
    if actor.role not in SELLERS:
        return
    for claim in lists.to_decide(actor):
        yield _decide(claim, now)
    for claim in lists.to_answer(actor):
        yield _row(claim, Pressing.ANSWER, _("Claimed by %(name)s", name=claim.claimant.name),
                   _("Respond"), claim.sent_at, "amber")
    for claim in lists.unsent(actor):
        yield _row(claim, Pressing.GO_ON, _("Duplicate claim, not sent yet"), _("Go on"),
                   claim.created_at, "grey")


def _decide(claim: Claim, now: datetime) -> Row:
    hours = calendar().hours_between(now, claim.due_at) if claim.due_at else 0.0
    return _row(claim, Pressing.DECIDE, _("Duplicate claim: %(left)s", left=left_word(hours)),
                _("Decide"), claim.sent_at, "red" if hours <= 0 else "amber",
                who=claim.claimant.name)


def _row(
    claim: Claim, pressing: Pressing, what: str, action: str, since: datetime | None, tone: str,
    who: str = "",
) -> Row:
    url = url_for("claims.show", claim_id=claim.id)
    return Row(pressing=pressing, what=what, title=claim.title, open=url, who=who, since=since,
               icon="gavel", tone=tone, action=action, target=url, key=f"claim:{claim.id}")
