"""Closing a lead, opening it again, and saying that nothing can be learned from it."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, g, request, url_for

from portal.cases.origins import form_url
from portal.core import access, clock
from portal.core.amounts import count_in
from portal.core.errors import Refused
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, here, render
from portal.core.unit_of_work import abandon
from portal.customers.words import term_word
from portal.leads import rules as leads
from portal.leads.closing import actions, rules
from portal.leads.closing.forms import FORMS, EndingForm, ReasonForm, WonForm
from portal.leads.closing.queries.alerts import alerts_of, has_answer
from portal.leads.closing.queries.endings import is_written, last_reopening
from portal.leads.models import Lead
from portal.leads.stages.actions import Missing
from portal.leads.stages.rules import Lack
from portal.leads.words import STATUSES

blueprint = Blueprint("closing", __name__)


@blueprint.route("/leads/<int:lead_id>/close", methods=["GET", "POST"])
@access.requires("lead:close")
def close(lead_id: int) -> Response:
    """How it ends: won, lost or abandoned."""
    lead = access.fetch(Lead, lead_id, "lead:close")
    status = request.values.get("status", "")
    form = FORMS.get(status, EndingForm)()
    form.prepare()
    count_in(form, lead.currency)
    if request.method == "GET":
        form.fill(lead)
        return _page(lead, form, status)
    if status not in FORMS or not form.validate():
        return _page(lead, form, status, code=422)
    passing = form.pass_reason.data or "" if isinstance(form, WonForm) else ""
    try:
        actions.close_lead(g.actor, lead, form.ending(status), clock.now(), pass_reason=passing)
    except actions.ClosedMeanwhile as closed:
        flash(closed.message, "warning")
        return go(url_for("leads.show", lead_id=lead.id))
    except Refused as refused:
        return _refused(lead, form, status, refused)
    return _after(lead)


def _refused(lead: Lead, form: EndingForm, status: str, refused: Refused) -> Response:
    """The form as it was typed, and why; what a stage lacks is listed."""
    lacks = refused.items if isinstance(refused, Missing) else ()
    if not lacks:
        form.form_errors.append(str(refused.message))
    return _page(lead, form, status, code=refused.status, lacks=lacks)


def _page(
    lead: Lead, form: EndingForm, status: str, *, code: int = 200, lacks: Sequence[Lack] = ()
) -> Response:
    if code >= 400:
        # What the page still shows is read anew.
        abandon()
    abandoning = status == leads.ABANDONED
    return render(
        "closing/close.html", status=code, lead=lead, form=form, ending=status,
        lacks=[{"stage": term_word("stage", lack.stage),
                "what": lack.words.in_(current_language())} for lack in lacks],
        endings=[(name, STATUSES[name][0]) for name in rules.ENDINGS],
        alerts=alerts_of(g.actor, lead) if abandoning else (),
        answered=has_answer(lead) if abandoning else True,
        reopened=last_reopening(lead) if abandoning else None,
    )


def _after(lead: Lead) -> Response:
    """What was learned is asked while it is fresh: of the owner, whoever closed it."""
    kind = rules.RETROSPECTIVES.get(lead.status)
    if kind is None:
        flash(_("The lead is abandoned. What happened stays in the timeline."), "success")
    elif is_written(lead):
        flash(_("The lead is closed. Its retrospective is written already."), "success")
    elif lead.owner_id == g.actor.id:
        flash(_("The lead is closed. Now write down what others can learn from it; what the "
                "portal knows is filled in."), "success")
        return go(form_url(kind, lead.ref))
    else:
        flash(_("The lead is closed. %(name)s is asked for the retrospective.",
                name=lead.owner.name if lead.owner else ""), "success")
    return go(url_for("leads.show", lead_id=lead.id))


@blueprint.post("/leads/<int:lead_id>/reopen")
@access.requires("lead:reopen")
def reopen(lead_id: int) -> Response:
    """Open again, as it was."""
    lead = access.fetch(Lead, lead_id, "lead:reopen")
    actions.reopen_lead(g.actor, lead, request.form.get("reason", ""), clock.now())
    flash(_("The lead is open again."), "success")
    return go(url_for("leads.show", lead_id=lead.id))


@blueprint.route("/leads/<int:lead_id>/no-retrospective", methods=["GET", "POST"])
@access.requires("lead:reopen")
def waive(lead_id: int) -> Response:
    """Nothing can be learned from this deal, and why."""
    lead = access.fetch(Lead, lead_id, "lead:reopen")
    form = ReasonForm()
    if request.method == "GET" or not form.validate():
        code = 200 if request.method == "GET" else 422
        return render("closing/waive.html", status=code, lead=lead, form=form)
    actions.waive_retrospective(g.actor, lead, form.reason.data or "", clock.now())
    flash_with_undo(_("Nobody is asked for this retrospective any more."),
                    url_for("closing.want", lead_id=lead.id))
    return go(here(url_for("leads.show", lead_id=lead.id)))


@blueprint.post("/leads/<int:lead_id>/retrospective-wanted")
@access.requires("lead:reopen")
def want(lead_id: int) -> Response:
    """It is to be written after all."""
    lead = access.fetch(Lead, lead_id, "lead:reopen")
    actions.want_retrospective(g.actor, lead, clock.now())
    flash(_("The retrospective waits to be written again."), "success")
    return go(url_for("leads.show", lead_id=lead.id))
