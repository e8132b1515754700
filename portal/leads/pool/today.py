"""First contacts that are due and idle leads, as rows of the start page."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.today import Pressing, Row
from portal.leads.display import way_url
from portal.leads.models import Lead
from portal.leads.pool import words
from portal.leads.pool.queries import overdue as queries
from portal.leads.words import title_of
from portal.people.rules import SELLERS, Actor


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """One's own first contacts, then idle leads; of a leader's people a count of the late ones."""
    if actor.role not in SELLERS:
        return
    for lead in queries.own_answers(actor, now):
        yield _answer(lead, now)
    for lead in queries.own_idle(actor):
        yield _idle(lead)
    if actor.tree.led_by(actor.id):
        yield from _late_of_people(actor, now)


def _answer(lead: Lead, now: datetime) -> Row:
    late = lead.response_due_at is not None and lead.response_due_at <= now
    return Row(
        pressing=Pressing.ANSWER if late else Pressing.DUE,
        what=_("First contact: %(left)s", left=words.left_word(lead, now)), title=title_of(lead),
        open=url_for("leads.show", lead_id=lead.id), who="", since=lead.owned_since,
        icon="clock-exclamation" if late else "clock", tone="red" if late else "amber",
        action=_("Record the contact"), target=way_url("visits.follow_up", lead),
        key=f"answer:lead:{lead.id}",
    )


def _idle(lead: Lead) -> Row:
    return Row(
        pressing=Pressing.DECIDE,
        what=_("Nothing done for long: back to the pool on %(day)s",
               day=words.goes_back_word(lead)),
        title=title_of(lead), open=url_for("leads.show", lead_id=lead.id), who="",
        since=lead.last_activity_at, icon="clock", tone="amber", action=_("I am on it"),
        target=way_url("visits.follow_up", lead), key=f"idle:lead:{lead.id}",
    )


def _late_of_people(actor: Actor, now: datetime) -> Iterator[Row]:
    count, oldest = queries.late_of_people(actor, now)
    if count:
        url = url_for("pool.overdue")
        yield Row(
            pressing=Pressing.DECIDE, what=_("First contacts that are late"),
            title=ngettext("%(num)d lead of your people", "%(num)d leads of your people", count),
            open=url, who="", since=oldest, icon="clock-exclamation", tone="red",
            action=_("See whose"), target=url, key="late-answers",
        )
