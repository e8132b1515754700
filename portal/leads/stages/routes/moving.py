"""Moving a lead: the page that asks for what is missing, and the stages of one lead."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.render import go, here, render
from portal.core.unit_of_work import abandon
from portal.leads.models import Lead
from portal.leads.stages import actions
from portal.leads.stages.actions.answering import Invalid
from portal.leads.stages.actions.moving import Missing
from portal.leads.stages.asking import asked_for, typed_answers
from portal.leads.stages.queries import answered_of, stage_map
from portal.leads.stages.routes import blueprint
from portal.leads.stages.rules import Stage, may_pass
from portal.leads.stages.strip import moves_of, strip
from portal.people.sessions import keeps_text


@blueprint.get("/leads/<int:lead_id>/stages")
@access.requires("lead:read")
def of_lead(lead_id: int) -> Response:
    """The way of a lead so far: moves, days, answers, reviews, what managers let pass."""
    lead = access.fetch(Lead, lead_id, "lead:read")
    moves, answered = moves_of(lead), answered_of(lead)
    return render(
        "stages/of_lead.html", lead=lead, moves=moves, answered=answered, stages=stage_map(),
        steps=strip(lead, moves, clock.now()),
    )


@blueprint.get("/leads/<int:lead_id>/move/<path:stage>")
@access.requires("lead:move")
def move(lead_id: int, stage: str) -> Response:
    """What is still missing on the way to this stage, to be answered in place."""
    lead = access.fetch(Lead, lead_id, "lead:move")
    return _page(lead, stage)


@blueprint.post("/leads/<int:lead_id>/move/<path:stage>")
@access.requires("lead:move")
@keeps_text
def make_move(lead_id: int, stage: str) -> Response:
    """Keep the answers and move the lead; 422 with what lacks."""
    lead = access.fetch(Lead, lead_id, "lead:move")
    try:
        actions.move_lead(
            g.actor, lead, stage, clock.now(), answers=typed_answers(request.form.items()),
            reason=request.form.get("reason", ""), pass_reason=request.form.get("pass_reason", ""),
            seen=request.form.get("seen"),
        )
    except Refused as refused:
        return _again(lead, stage, refused)
    flash(_("Now at the stage “%(stage)s”.", stage=_label(stage)), "success")
    return go(url_for("leads.show", lead_id=lead.id))


@blueprint.post("/leads/<int:lead_id>/answers/<path:stage>")
@access.requires("lead:edit")
@keeps_text
def answer(lead_id: int, stage: str) -> Response:
    """Keep the answers without moving."""
    lead = access.fetch(Lead, lead_id, "lead:edit")
    try:
        changed = actions.answer_items(g.actor, lead, typed_answers(request.form.items()),
                                       clock.now())
    except Refused as refused:
        return _again(lead, stage, refused)
    flash(_("Saved.") if changed else _("Nothing new was entered."),
          "success" if changed else "info")
    return go(here(url_for("stages.move", lead_id=lead.id, stage=stage)))


@blueprint.post("/leads/<int:lead_id>/review/<path:stage>")
@access.requires("lead:edit")
@keeps_text
def ask_review(lead_id: int, stage: str) -> Response:
    """Ask for the review at a gate on the way; the answers typed beside it are kept too."""
    lead = access.fetch(Lead, lead_id, "lead:edit")
    entered, _dot, gate = request.form.get("gate", "").rpartition(".")
    try:
        actions.answer_items(g.actor, lead, typed_answers(request.form.items()), clock.now())
        review = actions.ask_review(
            g.actor, lead, entered, gate, clock.now(), text=request.form.get("note", ""),
            link=request.form.get("link", ""),
        )
    except Refused as refused:
        return _again(lead, stage, refused)
    flash(_("%(name)s is asked for the review.", name=review.reviewer.name), "success")
    return go(url_for("stages.move", lead_id=lead.id, stage=stage))


def _again(lead: Lead, stage: str, refused: Refused) -> Response:
    """The page once more, with what was typed and what is wrong; nothing was written."""
    errors: Mapping[str, Any] = refused.errors if isinstance(refused, Invalid) else {}
    missing = isinstance(refused, Missing)
    abandon()
    return _page(lead, stage, refused.status, str(refused.message), errors, missing)


def _page(
    lead: Lead, stage: str, status: int = 200, error: str = "",
    errors: Mapping[str, Any] | None = None, missing: bool = False,
) -> Response:
    stages = stage_map()
    target = stages.get(stage)
    if target is None:
        abort(404)
    forward = stages.is_forward(lead.stage, stage)
    asked = asked_for(lead, stage, typed_answers(request.form.items()), errors or {})
    return render(
        "stages/move.html", status=status, lead=lead, target=target, here=stages.get(lead.stage),
        forward=forward, asked=asked, left=stages.left(lead.stage, stage), error=error,
        missing=missing, closes=forward and target is stages.last,
        may_pass=forward and _may_pass(lead), typed=request.form,
        language=current_language(),
    )


def _may_pass(lead: Lead) -> bool:
    owner = lead.owner
    return owner is not None and may_pass(
        g.actor.id, owner.id, g.actor.tree.leaders_above(owner.id, owner.team_id))


def _label(code: str) -> str:
    stage: Stage = stage_map()[code]
    return stage.label(current_language())
