"""Entering, correcting and voiding what is to be paid."""

from datetime import timedelta
from decimal import Decimal

from flask import Response, flash, g, url_for

from portal.core import access, clock
from portal.core.amounts import count_in
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.unit_of_work import abandon
from portal.leads.models import Lead
from portal.leads.money import actions, queries
from portal.leads.money.forms import ReasonForm, ReceivableCorrectionForm, ReceivableForm
from portal.leads.money.models import Receivable
from portal.leads.money.routes import blueprint
from portal.leads.money.routes.lists import lead_page
from portal.options.queries import value


@blueprint.route("/leads/<int:lead_id>/receivables/new", methods=["GET", "POST"])
@access.requires("lead:edit")
def new_receivable(lead_id: int) -> Response:
    """Something to be paid for this deal: at first, what the contract still lacks."""
    lead = access.fetch(Lead, lead_id, "lead:edit")
    today = clock.today()
    form = ReceivableForm(data={
        "amount": _still_to_plan(lead), "billed_on": today,
        "due_on": today + timedelta(days=value("money.collect_days")),
    })
    count_in(form, lead.currency)
    if not form.is_submitted():
        return render("money/receivable.html", lead=lead, form=form, receivable=None)
    if form.validate():
        try:
            actions.add_receivable(g.actor, lead, form.facts(), clock.now())
        except Refused as refused:
            form.form_errors.append(str(refused))
        else:
            flash(_("Saved. You are reminded on the day it is due."), "success")
            return _to(lead.id)
    return _again(lead_id, form, None)


def _still_to_plan(lead: Lead) -> Decimal | None:
    if lead.contract_amount is None:
        return None
    found = queries.sums(Receivable.lead_id == lead.id, today=clock.today())
    left: Decimal = lead.contract_amount - (found[0].amount if found else 0)
    return left if left > 0 else None


@blueprint.route("/receivables/<int:receivable_id>/edit", methods=["GET", "POST"])
@access.requires("receivable:edit")
def edit_receivable(receivable_id: int) -> Response:
    """Correct what is to be paid, with a reason."""
    receivable = access.fetch(Receivable, receivable_id, "receivable:edit")
    form = ReceivableCorrectionForm(obj=receivable)
    count_in(form, receivable.lead.currency)
    if not form.is_submitted():
        return render("money/receivable.html", lead=receivable.lead, form=form,
                      receivable=receivable)
    lead_id = receivable.lead_id
    if form.validate():
        try:
            changed = actions.correct_receivable(
                g.actor, receivable, form.facts(), form.reason.data or "", clock.now(),
                version=form.opened_on)
        except Refused as refused:
            return _again(lead_id, form, receivable_id, refused)
        flash(_("Corrected. What was known before stays in the timeline.") if changed
              else _("Nothing was different."), "success")
        return _to(lead_id)
    return _again(lead_id, form, receivable_id)


@blueprint.post("/receivables/<int:receivable_id>/void")
@access.requires("receivable:edit")
def void_receivable(receivable_id: int) -> Response:
    """It is not owed after all."""
    receivable = access.fetch(Receivable, receivable_id, "receivable:edit")
    lead_id = receivable.lead_id
    form = ReasonForm()
    if not form.validate():
        return refused_page(lead_id, form.errors["reason"][0])
    try:
        actions.void_receivable(g.actor, receivable, form.reason.data or "", clock.now())
    except Refused as refused:
        return refused_page(lead_id, refused)
    flash(_("It counts no more. It stays in the timeline, with your reason."), "success")
    return _to(lead_id)


def refused_page(lead_id: int, why: object) -> Response:
    """The money of the deal as it stands, with what was refused."""
    abandon()
    lead = access.fetch(Lead, lead_id, "lead:read")
    return lead_page(lead, status=422, refused=str(why))


def _again(
    lead_id: int, form: ReceivableForm, receivable_id: int | None, why: Refused | None = None
) -> Response:
    """The form with what was typed; what the database holds is read anew."""
    status = why.status if why else 422
    if why is not None:
        form.form_errors.append(str(why))
    abandon()
    receivable = None
    if receivable_id is not None and isinstance(form, ReceivableCorrectionForm):
        receivable = access.fetch(Receivable, receivable_id, "receivable:edit")
        # Whoever sends it again has read what stands there now.
        form.version.data = str(receivable.version)
    return render("money/receivable.html", lead=access.fetch(Lead, lead_id, "lead:edit"),
                  form=form, receivable=receivable, status=status)


def _to(lead_id: int) -> Response:
    return go(url_for("money.of_lead", lead_id=lead_id))
