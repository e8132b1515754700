"""What the contract says."""

from flask import Response, flash, g, url_for

from portal.core import access, clock
from portal.core.amounts import count_in
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.unit_of_work import abandon
from portal.leads.models import Lead
from portal.leads.money.actions import correct_contract
from portal.leads.money.forms import ContractForm
from portal.leads.money.routes import blueprint


@blueprint.route("/leads/<int:lead_id>/contract", methods=["GET", "POST"])
@access.requires("lead:edit")
def contract(lead_id: int) -> Response:
    """Fill in or correct amount, margin and the day of signing."""
    lead = access.fetch(Lead, lead_id, "lead:edit")
    form = ContractForm(data={"amount": lead.contract_amount, "margin": lead.margin,
                              "signed_on": lead.signed_on, "version": lead.version})
    count_in(form, lead.currency)
    if not form.is_submitted():
        return render("money/contract.html", lead=lead, form=form)
    status = 422
    if form.validate():
        try:
            changed = correct_contract(g.actor, lead, form.facts(), form.reason.data or "",
                                       clock.now(), version=form.opened_on)
        except Refused as refused:
            form.form_errors.append(str(refused))
            status = refused.status
        else:
            flash(_("Saved.") if changed else _("Nothing was different."), "success")
            return go(url_for("money.of_lead", lead_id=lead_id))
    abandon()
    lead = access.fetch(Lead, lead_id, "lead:edit")
    # Whoever sends it again has read what stands there now.
    form.version.data = str(lead.version)
    return render("money/contract.html", lead=lead, form=form, status=status)
