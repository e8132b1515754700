"""“Used it”, whether it helped, and that it was not used after all."""

from flask import Response, flash, g, request

from portal.cases.models import Case
from portal.cases.trust.rules import HELPED, NOT_HELPED
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, here, wants_fragment
from portal.customers.models import Customer, TimelineEntry
from portal.extensions import db
from portal.leads.loop import actions
from portal.leads.loop.actions import Occasion
from portal.leads.loop.routes import blueprint
from portal.leads.loop.routes.alike import About, alike_page, source_ref
from portal.leads.models import Lead

OUTCOMES = {HELPED: HELPED, NOT_HELPED: NOT_HELPED, "": None}


@blueprint.post("/leads/<int:lead_id>/cases/<int:case_id>/use")
@access.requires("lead:read")
def use(lead_id: int, case_id: int) -> Response:
    """A case was used for this deal."""
    lead = access.fetch(Lead, lead_id, "lead:read")
    return _use(About(lead.customer, lead), case_id)


@blueprint.post("/customers/<int:customer_id>/cases/<int:case_id>/use")
@access.requires("customer:read")
def use_for_customer(customer_id: int, case_id: int) -> Response:
    """A case was used for this customer, and for no deal in particular."""
    return _use(About(access.fetch(Customer, customer_id, "customer:read"), None), case_id)


def _use(about: About, case_id: int) -> Response:
    case = access.fetch(Case, case_id, "case:reuse")
    occasion = Occasion(about.customer.id, about.lead_id, source_ref(about))
    words = request.form.get("words", "")
    entry = actions.use_case(g.actor, case, occasion, words[:200], clock.now())
    if entry.detail.get("reuse") is None and case.owner_id == g.actor.id:
        said = _("Noted here. It is your own case, so nothing is counted.")
    else:
        said = _("Noted here. Say whether it helped as soon as you know.")
    return _answer(about, said)


@blueprint.post("/case-uses/<int:use_id>/outcome")
@access.requires("use:change")
def say_outcome(use_id: int) -> Response:
    """It helped, or it did not; empty takes the answer back."""
    entry = access.fetch(TimelineEntry, use_id, "use:change")
    outcome = request.values.get("outcome", "")
    if outcome not in OUTCOMES:
        raise Refused(_("Say whether it helped or not."))
    actions.review_use(g.actor, entry, OUTCOMES[outcome], clock.now())
    said = {HELPED: _("Thank you. Others see that it helped."),
            NOT_HELPED: _("Thank you. Others see that it did not help somebody."),
            "": _("Your answer is taken back.")}[outcome]
    return _answer(_about(entry), said)


@blueprint.post("/case-uses/<int:use_id>/take-back")
@access.requires("use:change")
def take_back(use_id: int) -> Response:
    """It was not used after all."""
    entry = access.fetch(TimelineEntry, use_id, "use:change")
    actions.take_back_use(g.actor, entry, clock.now())
    return _answer(_about(entry), _("No longer counted."))


def _about(entry: TimelineEntry) -> About:
    """For what it was used."""
    customer = db.session.get_one(Customer, entry.customer_id)
    lead = db.session.get(Lead, entry.lead_id) if entry.lead_id else None
    return About(customer, lead)


def _answer(about: About, said: str) -> Response:
    """The panel again for a part of a page; else the page from which it came."""
    if wants_fragment() and request.form.get("panel") == "yes":
        return alike_page(about)
    flash(said, "success")
    return go(here(about.page))
