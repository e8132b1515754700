"""Money that is late, on the start page of whoever collects it, and counted for who leads them."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.today import Pressing, Row
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.money.actions.receivables import REMINDER
from portal.leads.money.models import Receivable
from portal.leads.money.queries import IS_OPEN, deals_of, of_led
from portal.leads.words import money
from portal.people.rules import Actor
from portal.reminders.models import Reminder

MOST = 5


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """One's own overdue receivables, the oldest first; those of one's people as one row."""
    late = (IS_OPEN, Receivable.due_on < clock.local_day(now))
    query = (
        select(Receivable).join(Lead, Lead.id == Receivable.lead_id)
        .where(*late, Receivable.lead_id.in_(deals_of([actor.id])))
        .options(contains_eager(Receivable.lead).options(joinedload(Lead.customer)))
        .order_by(Receivable.due_on, Receivable.id).limit(MOST)
    )
    found = db.session.scalars(query).all()
    told = _reminders(actor) if found else {}
    for each in found:
        yield _row(each, told.get(each.ref))
    if actor.tree.led_by(actor.id):
        theirs = select(func.count()).select_from(Receivable).where(*late, of_led(actor))
        if count := db.session.scalar(theirs):
            yield _of_people(count)


def _reminders(actor: Actor) -> Mapping[str, int]:
    """Receivable → the reminder about it that is open."""
    query = select(Reminder.subject, Reminder.id).where(
        Reminder.person_id == actor.id, Reminder.kind == REMINDER, Reminder.done_at.is_(None))
    return {row.subject: row.id for row in db.session.execute(query)}


def _row(receivable: Receivable, reminder_id: int | None) -> Row:
    lead = receivable.lead
    there = url_for("money.of_lead", lead_id=lead.id)
    return Row(
        Pressing.DUE, _("Overdue payment"),
        f"{lead.customer.name} · {money(receivable.open_amount, lead.currency)}", there, "",
        datetime.combine(receivable.due_on, time.min, clock.zone()), "report-money", "red",
        _("Record a payment"), url_for("money.new_payment", receivable_id=receivable.id),
        # Instead of its reminder, which would say the same a second time.
        key=f"reminder:{reminder_id}" if reminder_id else receivable.ref,
    )


def _of_people(count: int) -> Row:
    there = url_for("money.receivables")
    return Row(
        Pressing.CHECK, _("Overdue payments of your people"),
        ngettext("%(num)d receivable is overdue", "%(num)d receivables are overdue", count),
        there, "", None, "report-money", "amber", _("See them"), there,
    )
