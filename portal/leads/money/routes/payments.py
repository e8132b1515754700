"""Entering and voiding money that came in."""

from decimal import Decimal

from flask import Response, flash, g, url_for

from portal.core import access, clock
from portal.core.amounts import count_in
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.unit_of_work import abandon
from portal.leads.money import actions
from portal.leads.money.forms import PaymentForm, ReasonForm
from portal.leads.money.models import Payment, Receivable
from portal.leads.money.routes import blueprint
from portal.leads.money.routes.receivables import refused_page


@blueprint.route("/receivables/<int:receivable_id>/payments/new", methods=["GET", "POST"])
@access.requires("receivable:edit")
def new_payment(receivable_id: int) -> Response:
    """Money came in: all that is open, unless less was paid."""
    receivable = access.fetch(Receivable, receivable_id, "receivable:edit")
    form = PaymentForm(data={"amount": receivable.open_amount, "paid_on": clock.today()})
    count_in(form, receivable.lead.currency)
    if not form.is_submitted():
        return render("money/payment.html", receivable=receivable, form=form)
    if form.validate():
        try:
            actions.record_payment(g.actor, receivable, form.amount.data or Decimal(0),
                                   form.day(), form.note.data or "", clock.now())
        except Refused as refused:
            form.form_errors.append(str(refused))
        else:
            flash(_("All of it is paid.") if receivable.paid_off_on
                  else _("Saved. The rest is still open."), "success")
            return go(url_for("money.of_lead", lead_id=receivable.lead_id))
    abandon()
    receivable = access.fetch(Receivable, receivable_id, "receivable:edit")
    return render("money/payment.html", receivable=receivable, form=form, status=422)


@blueprint.post("/payments/<int:payment_id>/void")
@access.requires("payment:void")
def void_payment(payment_id: int) -> Response:
    """It did not come in after all."""
    payment = access.fetch(Payment, payment_id, "payment:void")
    lead_id = payment.receivable.lead_id
    form = ReasonForm()
    if not form.validate():
        return refused_page(lead_id, form.errors["reason"][0])
    actions.void_payment(g.actor, payment, form.reason.data or "", clock.now())
    flash(_("The payment counts no more. It stays here, with your reason."), "success")
    return go(url_for("money.of_lead", lead_id=lead_id))
