"""Planning a visit, changing the plan, moving it, calling it off."""

from datetime import date

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, here, render
from portal.core.unit_of_work import abandon
from portal.customers.models import Customer
from portal.visits import rules
from portal.visits.actions import planning as actions
from portal.visits.content import VisitPlan
from portal.visits.forms import PlanForm
from portal.visits.models import Visit
from portal.visits.routes import blueprint
from portal.visits.routes.asking import customer_asked, number_in, offer, prefer_lead
from portal.visits.routes.picking import PLAN, pick_page
from portal.visits.words import weekday_of
from portal.workdays.queries import calendar


@blueprint.route("/visits/plan", methods=["GET", "POST"])
@access.requires("lead:use")
def plan() -> Response:
    """A new visit: the customer first, then when, why and what for."""
    customer = customer_asked()
    if customer is None:
        return pick_page(PLAN)
    form = PlanForm()
    offer(form, customer)
    if request.method == "GET":
        form.day.data = _day_asked()
        prefer_lead(form, customer)
        return _form_page(form, customer)
    if not form.validate():
        return _form_page(form, customer, status=422)
    try:
        visit = actions.plan_visit(g.actor, customer, form.plan, clock.now())
    except Refused as refused:
        return _refused(form, refused, customer)
    return _planned(visit)


@blueprint.post("/visits/plan/at-once")
@access.requires("lead:use")
def plan_at_once() -> Response:
    """What was proposed, with one tap; why and what for can follow."""
    customer = customer_asked()
    day = _date(request.form.get("day", ""))
    if customer is None or day is None:
        raise Refused(_("Choose a customer and a day."))
    visit = actions.plan_visit(
        g.actor, customer, VisitPlan(day, goal=request.form.get("goal", "")[: rules.LONGEST_GOAL],
                                     lead_id=number_in("lead")), clock.now())
    return _planned(visit)


@blueprint.route("/visits/<int:visit_id>/plan", methods=["GET", "POST"])
@access.requires("visit:edit")
def replan(visit_id: int) -> Response:
    """Another day, reason or goal, as long as it has not begun."""
    visit = access.fetch(Visit, visit_id, "visit:edit")
    form = PlanForm(data=None if request.method == "POST" else _stored(visit))
    offer(form, visit.customer, visit.lead)
    if request.method == "GET":
        return _form_page(form, visit.customer, visit)
    if not form.validate():
        return _form_page(form, visit.customer, visit, status=422)
    try:
        actions.replan_visit(g.actor, visit, form.plan, clock.now(), version=form.version.data)
    except Refused as refused:
        return _refused(form, refused, visit.customer, visit)
    flash(_("The plan is changed."), "success")
    return go(here(url_for("visits.show", visit_id=visit.id)))


@blueprint.post("/visits/<int:visit_id>/move")
@access.requires("visit:edit")
def move(visit_id: int) -> Response:
    """To another day; undone with one tap."""
    visit = access.fetch(Visit, visit_id, "visit:edit")
    before, day = visit.day, _date(request.form.get("day", ""))
    if day is None:
        raise Refused(_("Choose a day."))
    actions.move_visit(g.actor, visit, day, clock.now())
    said = _("Moved to %(day)s.", day=weekday_of(day))
    if rules.may_be_planned_on(before, clock.today()) and before != day:
        flash_with_undo(said, url_for("visits.move_back", visit_id=visit.id, day=before))
    else:
        flash(said, "success")
    return go(here(url_for("visits.week", week=rules.week_name(day))))


@blueprint.post("/visits/<int:visit_id>/move-back/<day>")
@access.requires("visit:edit")
def move_back(visit_id: int, day: str) -> Response:
    """To where it stood before."""
    visit = access.fetch(Visit, visit_id, "visit:edit")
    wanted = _date(day)
    if wanted is None:
        raise Refused(_("Choose a day."))
    actions.move_visit(g.actor, visit, wanted, clock.now())
    flash(_("It stands where it stood before."), "success")
    return go(url_for("visits.week", week=rules.week_name(visit.day)))


@blueprint.post("/visits/<int:visit_id>/cancel")
@access.requires("visit:edit")
def cancel(visit_id: int) -> Response:
    """It does not take place, and why; it stays visible."""
    visit = access.fetch(Visit, visit_id, "visit:edit")
    actions.cancel_visit(g.actor, visit, request.form.get("reason", ""), clock.now())
    flash_with_undo(_("The visit is cancelled. It stays visible."),
                    url_for("visits.restore", visit_id=visit.id))
    return go(here(url_for("visits.week", week=rules.week_name(visit.day))))


@blueprint.post("/visits/<int:visit_id>/restore")
@access.requires("visit:edit")
def restore(visit_id: int) -> Response:
    """It takes place after all."""
    visit = access.fetch(Visit, visit_id, "visit:edit")
    actions.restore_visit(g.actor, visit, clock.now())
    flash(_("The visit is planned again."), "success")
    return go(url_for("visits.week", week=rules.week_name(visit.day)))


def _planned(visit: Visit) -> Response:
    flash(_("Planned for %(day)s.", day=weekday_of(visit.day)), "success")
    week = url_for("visits.week", week=rules.week_name(visit.day), _anchor=f"visit-{visit.id}")
    return go(here(week))


def _form_page(
    form: PlanForm, customer: Customer, visit: Visit | None = None, *, status: int = 200
) -> Response:
    if status >= 400:
        abandon()
    return render("visits/plan.html", "visits/_plan.html", status=status, form=form,
                  customer=customer, visit=visit)


def _refused(
    form: PlanForm, refused: Refused, customer: Customer, visit: Visit | None = None
) -> Response:
    form.form_errors.append(str(refused.message))
    return _form_page(form, customer, visit, status=refused.status)


def _stored(visit: Visit) -> dict[str, object]:
    return {
        "day": visit.day, "starts_at": visit.starts_at, "purpose": visit.purpose,
        "why": visit.why, "goal": visit.goal, "lead": str(visit.lead_id or ""),
        "contacts": [each.contact_id for each in visit.contacts], "version": visit.version,
    }


def _day_asked() -> date:
    """The day in the address; else today, or the next day on which people work."""
    today = clock.today()
    asked = _date(request.args.get("day", ""))
    if asked is not None and rules.may_be_planned_on(asked, today):
        return asked
    return rules.first_working_day(today, calendar().is_working)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
