"""Follow-ups (V4): a call, a message or a mail, written down in half a minute."""

from datetime import datetime

from flask import Response, g, request, url_for
from sqlalchemy import select

from portal.core import access, clock
from portal.core.render import go, render
from portal.customers.models import Customer
from portal.drafts.web import DraftFields
from portal.extensions import db
from portal.people.sessions import keeps_text
from portal.reminders.models import Reminder
from portal.visits.actions.following_up import record_follow_up
from portal.visits.actions.next_steps import REMINDER
from portal.visits.forms import FollowUpForm
from portal.visits.queries.picking import contacts_of, open_leads_of
from portal.visits.routes import blueprint
from portal.visits.routes.asking import answered, begun_in, customer_asked, written
from portal.visits.routes.picking import FOLLOW_UP, pick_page
from portal.visits.words import weekday_of


@blueprint.get("/follow-ups/new")
@access.requires("lead:use")
def new_follow_up() -> Response:
    """＋ Record → Follow-up: whom."""
    customer = customer_asked()
    if customer is None:
        return pick_page(FOLLOW_UP)
    return go(url_for(
        "visits.follow_up", customer_id=customer.id, lead=request.args.get("lead")))


@blueprint.route("/customers/<int:customer_id>/follow-ups/new", methods=["GET", "POST"])
@access.requires("customer:read")
@keeps_text
def follow_up(customer_id: int) -> Response:
    """What came of it and what comes next; the old reminder is closed."""
    customer = access.fetch(Customer, customer_id, "customer:read")
    name = f"follow-up:{customer.id}"
    return answered(written(
        FollowUpForm, name, customer,
        lambda form: record_follow_up(g.actor, customer, form.follow_up, clock.now()),
        lambda form, fields, status: _page(
            form, customer, fields, status=status,
            begun=begun_in(name, fields.key) if status == 200 else ()),
    ))


def _page(
    form: FollowUpForm, customer: Customer, fields: DraftFields, *, status: int = 200,
    begun: object = (),
) -> Response:
    return render(
        "visits/follow_up.html", status=status, form=form, customer=customer, fields=fields,
        begun=begun, people=contacts_of(customer), waiting=_waiting(customer),
        may_add=access.allows(g.actor, "customer:edit", customer),
    )


def _waiting(customer: Customer) -> list[tuple[str, str, str]]:
    """The steps that saving may close: what, when it was due, and of which deal; those of the
    customer at large have none."""
    steps = [
        (lead.next_step, _day(lead.next_step_at), lead.title) for lead in open_leads_of(customer)
        if lead.next_step]
    query = select(Reminder).where(
        Reminder.subject == customer.ref, Reminder.person_id == g.actor.id,
        Reminder.kind == REMINDER, Reminder.done_at.is_(None))
    return steps + [(str(each.detail.get("step", "")), _day(each.due_at), "")
                    for each in db.session.scalars(query)]


def _day(moment: datetime | None) -> str:
    return "" if moment is None else weekday_of(clock.local_day(moment))
