"""Visits on the start page: today's, those not written about yet, and next steps that are due."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from flask import url_for
from sqlalchemy import select

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.today import Pressing, Row
from portal.customers.models import Customer
from portal.customers.queries import reading as file_reading
from portal.extensions import db
from portal.people.rules import SELLERS, Actor
from portal.reminders.models import Reminder
from portal.reminders.subjects import parts
from portal.visits import rules
from portal.visits.actions.next_steps import REMINDER as NEXT_STEP
from portal.visits.clockwork import REMINDER as REVIEW_DUE
from portal.visits.models import Visit
from portal.visits.queries.lists import unwritten, waiting_today

MOST = 50


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """What is there today first, then what is still to be written, then whom to get in touch
    with."""
    if actor.role not in SELLERS:
        return
    today = clock.local_day(now)
    for visit in waiting_today(actor, today):
        yield _to_visit(actor, visit)
    late = unwritten(actor, today)
    told = _reminders(actor, REVIEW_DUE) if late else {}
    for visit in late:
        yield _to_write(visit, told.get(visit.id))
    yield from _steps(actor, now)


def _to_visit(actor: Actor, visit: Visit) -> Row:
    url = url_for("visits.show", visit_id=visit.id)
    at = visit.starts_at.strftime("%H:%M") if visit.starts_at else ""
    what = _("Visit at %(time)s", time=at) if at else _("Visit today")
    title = f"{visit.customer.name} · {visit.goal}" if visit.goal else visit.customer.name
    row = Row(
        pressing=Pressing.DUE, what=what, title=title, open=url, since=None, icon="map-pin",
        who="", tone="blue", action=_("I am here"), post=True, key=f"visit:{visit.id}",
        target=url_for("visits.arrive", visit_id=visit.id),
    )
    if visit.owner_id != actor.id:
        return replace(row, who=visit.owner.name, action=_("See the visit"), post=False,
                       target=url)
    if visit.status == rules.ARRIVED:
        return replace(row, since=visit.arrived_at, action=_("Write the review"), post=False,
                       target=url_for("visits.review", visit_id=visit.id),
                       what=_("You are there"), tone="amber")
    return row


def _to_write(visit: Visit, reminder_id: int | None) -> Row:
    return Row(
        pressing=Pressing.DUE, what=_("Review not written"), title=visit.customer.name,
        open=url_for("visits.show", visit_id=visit.id), who="", icon="clipboard-text",
        since=datetime.combine(visit.day, rules.EVENING, tzinfo=clock.zone()), tone="amber",
        action=_("Write it"), target=url_for("visits.review", visit_id=visit.id),
        # Instead of its reminder, which could only be waved aside.
        key=f"reminder:{reminder_id}" if reminder_id else f"visit:{visit.id}",
    )


def _steps(actor: Actor, now: datetime) -> Iterator[Row]:
    """Next steps with customers, of one's own: done by the follow-up that is written about it."""
    query = select(Reminder).where(
        Reminder.person_id == actor.id, Reminder.kind == NEXT_STEP, Reminder.done_at.is_(None),
        Reminder.due_at <= now,
    ).order_by(Reminder.due_at, Reminder.id).limit(MOST)
    due = db.session.scalars(query).all()
    ids = {parts(each.subject)[1] for each in due}
    names = _names(actor, ids) if ids else {}
    for each in due:
        number = parts(each.subject)[1]
        if number in names:
            yield Row(
                pressing=Pressing.DUE, what=_("Next step"), since=each.due_at, who=names[number],
                title=str(each.detail.get("step") or names[number]), icon="calendar-due",
                open=url_for("visits.of_customer", customer_id=number), tone="blue",
                action=_("Follow up"), target=url_for("visits.new_follow_up", customer=number),
                key=f"reminder:{each.id}",
            )


def _names(actor: Actor, ids: Collection[int]) -> Mapping[int, str]:
    query = select(Customer.id, Customer.name).where(
        Customer.id.in_(ids), file_reading.readable_by(actor))
    return {row.id: row.name for row in db.session.execute(query)}


def _reminders(actor: Actor, kind: str) -> Mapping[int, int]:
    """Visit → the reminder about it that is open."""
    query = select(Reminder.subject, Reminder.id).where(
        Reminder.person_id == actor.id, Reminder.kind == kind, Reminder.done_at.is_(None))
    return {parts(subject)[1]: number for subject, number in db.session.execute(query)}
