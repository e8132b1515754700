"""Answering a score on the page of a lead, and the page on which scoring is decided."""

from flask import Blueprint, Response, flash, g, render_template, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import flash_with_undo, go, render, wants_fragment
from portal.core.unit_of_work import abandon
from portal.leads.models import Lead
from portal.leads.scoring import actions, queries

# The work declares itself.
from portal.leads.scoring import rescoring as rescoring
from portal.leads.scoring.forms import settings_typed
from portal.leads.scoring.part import score_part
from portal.leads.scoring.rules import ASKED, DIMENSIONS, GRADES, MOST_BANDS, Settings
from portal.lists.queries import vocabulary
from portal.options.queries import value
from portal.tasks.models import Task

blueprint = Blueprint("scoring", __name__)


@blueprint.post("/leads/<int:lead_id>/score")
@access.requires("lead:edit")
def answer(lead_id: int) -> Response:
    """How clear budget and decision chain are, and how urgent it is."""
    lead = access.fetch(Lead, lead_id, "lead:edit")
    levels = {name: _level(request.form[name]) for name in ASKED if name in request.form}
    changed = actions.answer_score(g.actor, lead, levels, clock.now())
    if wants_fragment():
        values = score_part(g.actor, lead)
        return Response(render_template("leads/parts/score.html", lead=lead, **values))
    flash(_("Saved: %(points)d points.", points=lead.score) if changed
          else _("Nothing new was entered."), "success" if changed else "info")
    return go(url_for("leads.show", lead_id=lead.id, _anchor="score"))


def _level(text: str) -> int | None:
    if text in ("", "0", "1", "2", "3"):
        return int(text) if text else None
    raise Refused(_("Choose one of the list."))


@blueprint.get("/manage/scoring")
@access.requires("scoring:manage")
def manage_scoring() -> Response:
    """What weighs how much, what fits, and what was decided before."""
    number, settings = queries.newest()
    return _page(settings, number)


@blueprint.post("/manage/scoring")
@access.requires("scoring:manage")
def change_scoring() -> Response:
    """Save it; every open lead is counted anew in the background."""
    lists = vocabulary()
    wanted = settings_typed(request.form, lists["industry"], lists["region"])
    base = request.form.get("base", type=int, default=-1)
    try:
        task = actions.change_scoring(g.actor, wanted, clock.now(), base=base,
                                      language=current_language())
    except Refused as refused:
        abandon()
        return _page(wanted, base, refused.status, str(refused.message))
    return _saved(task, base)


@blueprint.post("/manage/scoring/restore/<int:number>")
@access.requires("scoring:manage")
def restore_scoring(number: int) -> Response:
    """Let a former version hold again."""
    base = queries.newest()[0]
    task = actions.restore_scoring(g.actor, number, clock.now(), base=base,
                                   language=current_language())
    return _saved(task, base)


def _saved(task: Task | None, base: int) -> Response:
    if task is None:
        flash(_("Nothing new was entered."), "info")
    else:
        flash_with_undo(_("Saved. Open leads are counted anew in the background."),
                        url_for("scoring.restore_scoring", number=base))
    return go(url_for("scoring.manage_scoring"))


def _page(settings: Settings, base: int, status: int = 200, error: str = "") -> Response:
    return render(
        "scoring/manage_scoring.html", status=status, settings=settings, base=base, error=error,
        dimensions=DIMENSIONS, weight_sum=sum(max(0, each) for each in settings.weights.values()),
        grades=GRADES, most_bands=MOST_BANDS,
        industries=vocabulary()["industry"].values(), regions=vocabulary()["region"].values(),
        versions=paginate(queries.versions(), per_page=10), newest=queries.newest()[0],
        threshold=value("scoring.qualified_from"), language=current_language(),
    )
