"""Raising, answering, handing on and withdrawing an alert, and the list of a manager."""

from flask import Blueprint, Response, flash, g, request, url_for

from portal.cases.actions.talk import add_comment, propose_solution
from portal.cases.alerts import actions, queries, rules, words
from portal.cases.alerts.forms import HandForm, ReplyForm
from portal.cases.alerts.models import Alert
from portal.cases.models import Case
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import flash_with_undo, go, render
from portal.core.text import line
from portal.core.unit_of_work import abandon
from portal.people.choosing import colleague_of
from portal.workdays.queries import calendar

blueprint = Blueprint("alerts", __name__)


@blueprint.get("/alerts")
@access.requires("alerts:read")
def alert_list() -> Response:
    """Alerts of the people one leads: with whom, since when, how long still."""
    shown = request.args.get("shown", rules.OPEN)
    shown = shown if shown in rules.SHOWN else rules.OPEN
    page = paginate(queries.alerts_for(g.actor, shown))
    work, now = calendar(), clock.now()
    left = {alert.id: words.left_word(words.hours_left(alert, work, now))
            for alert in page.items if alert.is_open}
    return render("alerts/alert_list.html", "alerts/_alert_list.html", page=page, shown=shown,
                  left=left, shown_words=words.SHOWN_WORDS, level_word=words.level_word)


@blueprint.post("/cases/<int:case_id>/alert")
@access.requires("case:alert")
def raise_alert(case_id: int) -> Response:
    """A manager must answer."""
    case = access.fetch(Case, case_id, "case:alert")
    alert = actions.raise_alert(g.actor, case, clock.now())
    undo = url_for("alerts.withdraw_alert", alert_id=alert.id)
    if alert.manager is None:
        said = _("The alert is raised. Nobody leads you yet; it waits for the first who does.")
    else:
        said = _("The alert is raised. %(name)s is told now.", name=alert.manager.name)
    flash_with_undo(said, undo)
    return _back(case.id)


@blueprint.post("/alerts/<int:alert_id>/reply")
@access.requires("alert:answer")
def reply_to_alert(alert_id: int) -> Response:
    """A short answer: it stands in the discussion, or as a solution that can be accepted."""
    solves = "solution" in request.form
    alert = access.fetch(Alert, alert_id, "alert:answer")
    access.demand(g.actor, "case:propose" if solves else "case:comment", alert.case)
    form = ReplyForm()
    if not form.validate():
        return _alert_page(alert, reply=form, status=422)
    say = propose_solution if solves else add_comment
    say(g.actor, alert.case, form.reply.data or "", clock.now())
    flash(_("Your reply is sent. %(name)s is told now.", name=alert.asker.name), "success")
    return _back(alert.case_id)


@blueprint.post("/alerts/<int:alert_id>/hand")
@access.requires("alert:answer")
def hand_alert(alert_id: int) -> Response:
    """A colleague answers; an empty name takes it back."""
    alert = access.fetch(Alert, alert_id, "alert:answer")
    form = HandForm()
    person = colleague_of(g.actor, form) if line(form.asked.data) else None
    if form.errors:
        return _alert_page(alert, hand=form, status=422)
    try:
        actions.hand_alert(g.actor, alert, person, clock.now())
    except Refused as refused:
        form.asked.errors = [refused.message]
        return _alert_page(alert, hand=form, status=refused.status)
    if alert.handed_to is None:
        flash(_("The alert is back with you."), "success")
    else:
        flash_with_undo(_("%(name)s is asked to answer.", name=alert.handed_to.name),
                        url_for("alerts.hand_alert", alert_id=alert.id))
    return _back(alert.case_id)


@blueprint.post("/alerts/<int:alert_id>/withdraw")
@access.requires("alert:withdraw")
def withdraw_alert(alert_id: int) -> Response:
    """No manager is needed any more; undone with one tap."""
    alert = access.fetch(Alert, alert_id, "alert:withdraw")
    actions.withdraw_alert(g.actor, alert, clock.now())
    flash_with_undo(_("The alert is withdrawn. The problem stays open."),
                    url_for("alerts.put_back_alert", alert_id=alert.id))
    return _back(alert.case_id)


@blueprint.post("/alerts/<int:alert_id>/put-back")
@access.requires("alert:withdraw")
def put_back_alert(alert_id: int) -> Response:
    """As if it had not been withdrawn."""
    alert = access.fetch(Alert, alert_id, "alert:withdraw")
    actions.put_back_alert(g.actor, alert, clock.now())
    flash(_("The alert is back."), "success")
    return _back(alert.case_id)


def _alert_page(
    alert: Alert, *, status: int, reply: ReplyForm | None = None, hand: HandForm | None = None
) -> Response:
    """A form that was refused, with what was typed."""
    abandon()
    return render("alerts/answer_alert.html", status=status, alert=alert,
                  reply=reply or ReplyForm(formdata=None), hand=hand or HandForm(formdata=None))


def _back(case_id: int) -> Response:
    return go(url_for("cases.show", case_id=case_id, _anchor="alert"))
