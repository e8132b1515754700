"""What the rules would do: for the pool and for an example; and doing it."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.leads.pool import rehearsing, words
from portal.leads.pool.forms import ExampleForm
from portal.leads.pool.queries import allocation as queries
from portal.leads.pool.queries.pool import LISTS, pool_size
from portal.leads.pool.routes import blueprint
from portal.leads.pool.rules import Traits
from portal.tasks.actions import start_task


@blueprint.get("/manage/allocation/try")
@access.requires("allocation:manage")
def try_rules() -> Response:
    """Nothing is written: each lead with the rule that fits and who would get it."""
    example, wanted = ExampleForm(request.args), any(name in request.args for name in LISTS)
    example.offer()
    would = None
    if wanted:
        chosen = {name: request.args.get(name, "")[:64] or None for name in LISTS}
        would = rehearsing.rehearse_example(Traits(**chosen))
    found = [] if wanted else rehearsing.rehearse_pool()
    return render(
        "pool/try_rules.html", "pool/_try_rules.html", example=example, would=would, found=found,
        shares=rehearsing.shares(found), waiting=pool_size(), most=rehearsing.MOST, words=words,
        names=access.allows(g.actor, "allocation:run"), has_rules=queries.has_rules(),
    )


@blueprint.post("/manage/allocation/run")
@access.requires("allocation:run")
def hand_out() -> Response:
    """Hand out the whole pool in the background, within everybody's cap."""
    if not queries.has_rules():
        flash(_("There is no rule yet: nothing would be handed out."), "warning")
        return go(url_for("pool.manage_allocation"))
    task = start_task(g.actor, "allocation", clock.now(), language=current_language(),
                      total=pool_size())
    return go(url_for("tasks.task", task_id=task.id))
