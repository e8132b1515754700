"""A new lead: of a company that is not here yet, made once however often it arrives."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.unit_of_work import abandon
from portal.customers.actions.customers import record_customer
from portal.customers.identity.keys import Taken
from portal.customers.queries.reading import allocates
from portal.drafts import web as drafts
from portal.drafts.web import DraftFields
from portal.extensions import db, htmx
from portal.leads import meeting
from portal.leads.actions import leads as actions
from portal.leads.checking.answering import Answer
from portal.leads.checking.limiting import within_limit
from portal.leads.checking.reading import Typed
from portal.leads.claims.actions import open_claim
from portal.leads.claims.content import typed_values
from portal.leads.forms import MINE, NewLeadForm
from portal.leads.models import Lead
from portal.leads.routes import blueprint
from portal.leads.routes.sending import as_sent, begun, is_ready
from portal.leads.writings import NEW
from portal.people.sessions import keeps_text


@blueprint.get("/leads/new/meets")
@access.requires("lead:use")
def meets() -> Response:
    """Whom the company meets that is being typed: as a part of the form, or as a page."""
    in_form = bool(htmx) and "above" not in request.args
    return render("leads/meets.html", "leads/_meets.html", in_form=in_form,
                  checked=_checked(meeting.typed_in(request.args)))


def _checked(typed: Typed, *, sent: bool = False) -> Answer | None:
    """What the check answers; nothing for whoever asks too often."""
    return meeting.checked(g.actor, typed, sent=sent) if within_limit(g.actor.id) else None


@blueprint.route("/leads/new", methods=["GET", "POST"])
@access.requires("lead:use")
@keeps_text
def new() -> Response:
    """Company, what they want, where they come from; what meets a customer that is here becomes a
    deal there, or a claim."""
    if request.method == "GET":
        return _opened()
    if before := drafts.sent_before(NEW):
        return as_sent(before)
    form = NewLeadForm()
    _prepare(form)
    if not is_ready(form):
        return _page(form, 422)
    met = meeting.met_by(g.actor, form.identity())
    if met.blocks:
        return _taken(form, met)
    if met.overlooked(request.form.get("looked", "")):
        return _page(form, 422, met=met)
    try:
        # What was written of it goes away again when somebody was quicker by a moment.
        with db.session.begin_nested():
            lead = _record(form)
    except Taken as taken:
        return _taken(form, meeting.met(g.actor, taken.matches))
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _page(form, refused.status)
    drafts.sent(lead.ref)
    flash(_("Recorded. What comes next?") if lead.owner_id == g.actor.id else _("Recorded."),
          "success")
    if lead.owner_id is None and not access.allows(g.actor, "lead:read", lead):
        flash(_("It is in the pool now."), "success")
        return go(url_for("pool.show"))
    return go(url_for("leads.show", lead_id=lead.id, next=1))


def _opened() -> Response:
    """The form: as it was left, or with what was typed into the check."""
    fields = drafts.draft_of(NEW)
    form = NewLeadForm(formdata=fields.fields if fields.draft else None, meta={"csrf": False})
    _prepare(form)
    if fields.draft is None:
        form.company.data = request.args.get("name", "")[:120]
        form.contact_phone.data = request.args.get("phone", "")[:120]
        form.owner.data = MINE
    return _page(form, fields=fields)


def _found(form: NewLeadForm, *, sent: bool) -> Answer | None:
    """Whom the company meets that stands in the form: sent with it, or come from the check."""
    if sent:
        return _checked(meeting.typed_in(request.form), sent=True)
    came = {"company": form.company.data or "", "contact_phone": form.contact_phone.data or ""}
    asked = request.method == "GET" and any(came.values())
    return _checked(meeting.typed_in(came)) if asked else None


def _prepare(form: NewLeadForm) -> None:
    form.prepare()
    form.offer_owners(pool=True, colleagues=allocates(g.actor))


def _record(form: NewLeadForm) -> Lead:
    """The customer with its contact and its first deal: together or not at all."""
    now, person, owner_id = clock.now(), form.person(), form.owner_id(g.actor.id)
    customer = record_customer(g.actor, form.customer(), now, owner_id=owner_id,
                               contacts=[person] if person else [])
    contact_id = customer.contacts[0].id if customer.contacts else None
    return actions.record_lead(g.actor, customer, form.facts(contact_id), now, owner_id=owner_id)


def _taken(form: NewLeadForm, met: meeting.Met) -> Response:
    """Somebody has this company: one's own gets the deal, another's becomes a claim; what was typed
    is kept either way."""
    if met.own is not None or met.in_pool is not None:
        return _page(form, 422, met=met)
    if not within_limit(g.actor.id):
        form.form_errors.append(_("You have checked very often in the last hour. What you typed is "
                                  "kept; try again in some minutes."))
        return _page(form, 429)
    person = form.person()
    typed = typed_values(form.customer(), [person] if person else [], form.facts())
    try:
        claim = open_claim(g.actor, typed, met.blocks, clock.now())
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _page(form, refused.status, met=met)
    drafts.sent(claim.ref)
    flash(_("Somebody has this customer already. What you typed is kept here."), "warning")
    return go(url_for("claims.show", claim_id=claim.id))


def _page(
    form: NewLeadForm, status: int = 200, *, met: meeting.Met | None = None,
    fields: DraftFields | None = None,
) -> Response:
    if status >= 400:
        # What the form still shows is read anew.
        abandon()
    fields = fields or drafts.draft_of(NEW)
    return render(
        "leads/new.html", status=status, form=form, fields=fields, met=met,
        checked=_found(form, sent=met is not None),
        looked=met.marks if met else request.form.get("looked", ""),
        begun=[] if fields.draft or status >= 400 else begun(NEW, fields.key),
    )
