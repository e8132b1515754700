"""Duplicate claims: the list, one with its evidence, sending, answering, deciding."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, g, request, send_file, url_for

from portal.cases.actions.stored_files import path_of
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import flash_with_undo, go, render
from portal.core.unit_of_work import abandon
from portal.leads.claims import actions, page, rules
from portal.leads.claims.actions import Decision, Photo, Shelf
from portal.leads.claims.forms import DecisionForm, EvidenceForm
from portal.leads.claims.models import Claim, ClaimPhoto
from portal.leads.claims.queries import lists
from portal.leads.claims.words import STATES
from portal.people.sessions import keeps_text

blueprint = Blueprint("claims", __name__)


@blueprint.get("/claims")
@access.requires("lead:use")
def claim_list() -> Response:
    """One's own, those to decide, those about one's customers, and those of one's people."""
    tab = request.args.get("tab", "")
    waiting = lists.counts(g.actor)
    if tab not in lists.TABS:
        tab = lists.TO_DECIDE if waiting[lists.TO_DECIDE] else lists.MINE
    return render("claims/claim_list.html", "claims/_claim_list.html", tab=tab, waiting=waiting,
                  page=paginate(lists.claims_of(g.actor, tab)), states=STATES)


@blueprint.get("/claims/<int:claim_id>")
@access.requires("claim:read")
def show(claim_id: int) -> Response:
    """What was typed, what stood in the way, the evidence, and the decision."""
    return _page(access.fetch(Claim, claim_id, "claim:read"))


@blueprint.post("/claims/<int:claim_id>/send")
@access.requires("claim:edit")
@keeps_text
def send_claim(claim_id: int) -> Response:
    """Ask for a decision, with evidence."""
    claim, form = access.fetch(Claim, claim_id, "claim:edit"), EvidenceForm()

    def send() -> None:
        actions.send_claim(g.actor, claim, form.said, _photos(form), _shelf(), clock.now())
        who = claim.decider.name if claim.decider else ""
        flash_with_undo(
            _("Sent. %(name)s decides and is told now.", name=who) if who else
            _("Sent. Nobody leads you both yet; it waits for whoever will."),
            url_for("claims.withdraw_claim", claim_id=claim.id))

    return _done(claim, form, send, "evidence")


@blueprint.post("/claims/<int:claim_id>/evidence")
@access.requires("claim:answer")
@keeps_text
def add_evidence(claim_id: int) -> Response:
    """What either side adds before the decision."""
    claim, form = access.fetch(Claim, claim_id, "claim:answer"), EvidenceForm()

    def add() -> None:
        actions.add_evidence(g.actor, claim, form.said, _photos(form), _shelf(), clock.now())
        flash(_("Added. Whoever decides is told now."), "success")

    return _done(claim, form, add, "evidence")


@blueprint.post("/claims/<int:claim_id>/decide")
@access.requires("claim:decide")
@keeps_text
def decide_claim(claim_id: int) -> Response:
    """Let it be so; both sides are told."""
    claim, form = access.fetch(Claim, claim_id, "claim:decide"), DecisionForm()

    def decide() -> None:
        actions.decide_claim(
            g.actor, claim, Decision(form.outcome.data, form.reason.data or "",
                                     form.name.data or ""), clock.now())
        flash(_("Decided. Both sides are told now."), "success")

    return _done(claim, form, decide, "decision")


@blueprint.post("/claims/<int:claim_id>/take")
@access.requires("claim:edit")
def take_from_pool(claim_id: int) -> Response:
    """The customer is in the pool: nobody need decide."""
    claim = access.fetch(Claim, claim_id, "claim:edit")
    actions.take_from_pool(g.actor, claim, clock.now())
    flash(_("The customer is yours, with everything you typed."), "success")
    return go(url_for("claims.show", claim_id=claim.id))


@blueprint.post("/claims/<int:claim_id>/withdraw")
@access.requires("claim:edit")
def withdraw_claim(claim_id: int) -> Response:
    """Give it up; undone with one tap."""
    claim = access.fetch(Claim, claim_id, "claim:edit")
    actions.withdraw_claim(g.actor, claim, clock.now())
    flash_with_undo(_("The claim is withdrawn. What you typed stays readable here."),
                    url_for("claims.put_back_claim", claim_id=claim.id))
    return go(url_for("claims.show", claim_id=claim.id))


@blueprint.post("/claims/<int:claim_id>/put-back")
@access.requires("claim:edit")
def put_back_claim(claim_id: int) -> Response:
    """As if it had not been withdrawn."""
    claim = access.fetch(Claim, claim_id, "claim:edit")
    actions.put_back_claim(g.actor, claim, clock.now())
    flash(_("The claim is back."), "success")
    return go(url_for("claims.show", claim_id=claim.id))


@blueprint.get("/claims/photos/<int:claim_photo_id>")
@access.requires("claim_photo:read")
def photo(claim_photo_id: int) -> Response:
    """The bytes of a photo, so that no browser runs them or keeps them without asking again."""
    row = access.fetch(ClaimPhoto, claim_photo_id, "claim_photo:read")
    path = path_of(row.sha256, current_app.extensions["settings"].files)
    if not path.exists():
        abort(404)
    response = send_file(path, mimetype=row.media_type, download_name=row.name, etag=row.sha256)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _done(claim: Claim, form: Any, act: Callable[[], None], part: str) -> Response:
    """Act if the form is valid, and go back to the claim; else its page with what was typed."""
    if not form.validate():
        return _page(claim, 422, **{part: form})
    try:
        act()
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _page(claim, refused.status, **{part: form})
    return go(url_for("claims.show", claim_id=claim.id))


def _photos(form: EvidenceForm) -> list[Photo]:
    """The files that came along; an empty field sends one without a name."""
    return [Photo(file.filename, file.stream) for file in form.photos.data or ()
            if getattr(file, "filename", "")]


def _shelf() -> Shelf:
    settings = current_app.extensions["settings"]
    return Shelf(settings.files, settings.upload_mb)


def _page(
    claim: Claim, status: int = 200, *, evidence: EvidenceForm | None = None,
    decision: DecisionForm | None = None,
) -> Response:
    claim_id = claim.id
    if status >= 400:
        abandon()
    found = lists.shown(claim_id)
    if found is None:
        abort(404)
    return render(
        "claims/show.html", status=status, claim=found, rules=rules,
        evidence=evidence or EvidenceForm(formdata=None),
        decision=decision or DecisionForm(formdata=None), **page.shown(g.actor, found),
    )
