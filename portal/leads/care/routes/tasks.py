"""Doing, dropping and bringing back tasks, and the list of all of them."""

from datetime import timedelta

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import MANY, paginate
from portal.core.render import flash_with_undo, go, here, render
from portal.leads.care import actions, queries, words
from portal.leads.care.forms import OutcomeForm, ReasonForm
from portal.leads.care.models import CareTask
from portal.leads.care.routes import blueprint
from portal.leads.care.routes.customer import again, to_care

YEAR = timedelta(days=365)


@blueprint.get("/care")
@access.requires("lead:use")
def task_list() -> Response:
    """What is to be done for whom, and how customers would recommend us."""
    # Who leads others cares that nothing of theirs is forgotten.
    leads = g.actor.tree.led_by(g.actor.id)
    mine = request.args.get("owner", "all" if leads else "me") != "all"
    done = request.args.get("shown") == "done"
    kind = request.args.get("kind", "")
    kind = kind if kind in words.KINDS else ""
    today = clock.today()
    return render(
        "care/task_list.html", "care/_task_list.html", mine=mine, done=done, kind=kind,
        page=paginate(queries.tasks(g.actor, mine=mine, kind=kind, done=done), most=MANY),
        nps=queries.nps(g.actor, today - YEAR, today), care_words=words, today=today,
    )


@blueprint.post("/care/<int:care_id>/finish")
@access.requires("care:edit")
def finish(care_id: int) -> Response:
    """It is done; a word about what came of it stays in the timeline."""
    task = access.fetch(CareTask, care_id, "care:edit")
    form = OutcomeForm()
    if not form.validate():
        return again(task.customer_id, refused=form.errors["outcome"][0])
    actions.finish_task(g.actor, task, form.outcome.data or "", clock.now())
    flash_with_undo(_("Done: %(what)s", what=words.task_word(
        task.kind, task.contact.name if task.contact else "")),
        url_for("care.reopen", care_id=task.id))
    return go(here(url_for("care.of_customer", customer_id=task.customer_id)))


@blueprint.post("/care/<int:care_id>/drop")
@access.requires("care:edit")
def drop(care_id: int) -> Response:
    """It is not to be done, with a reason."""
    task = access.fetch(CareTask, care_id, "care:edit")
    customer_id, form = task.customer_id, ReasonForm()
    try:
        actions.finish_task(g.actor, task, form.reason.data or "", clock.now(), dropped=True)
    except Refused as refused:
        return again(customer_id, refused=str(refused))
    flash_with_undo(_("It is not asked for any more."), url_for("care.reopen", care_id=task.id))
    return to_care(customer_id)


@blueprint.post("/care/<int:care_id>/reopen")
@access.requires("care:edit")
def reopen(care_id: int) -> Response:
    """Not done after all."""
    task = access.fetch(CareTask, care_id, "care:edit")
    actions.reopen_task(g.actor, task, clock.now())
    flash(_("It waits again."), "success")
    return go(here(url_for("care.of_customer", customer_id=task.customer_id)))
