"""The pool: what waits for somebody, and claiming it with one tap."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.paging import MANY, paginate
from portal.core.render import flash_with_undo, go, here, render
from portal.core.unit_of_work import abandon
from portal.leads.models import Lead
from portal.leads.pool import actions, rules, words
from portal.leads.pool.models import PoolStep
from portal.leads.pool.options import limits
from portal.leads.pool.queries import limits as used
from portal.leads.pool.queries import pool as queries
from portal.leads.pool.queries.pool import PoolFilters
from portal.leads.pool.routes import blueprint
from portal.lists.queries import choices


@blueprint.get("/leads/pool")
@access.requires("lead:use")
def show() -> Response:
    """Leads that nobody has, and what the limits still allow this person."""
    return _pool_page()


@blueprint.post("/leads/pool/<int:lead_id>/claim")
@access.requires("lead:claim")
def claim_lead(lead_id: int) -> Response:
    """It is theirs, unless a limit or somebody quicker stands in the way."""
    lead = access.fetch(Lead, lead_id, "lead:claim")
    try:
        step = actions.claim_lead(g.actor, lead, clock.now())
    except Refused as refused:
        said = str(refused.message)
        abandon()
        return _pool_page(refused.status, refused_id=lead_id, said=said)
    flash_with_undo(_("“%(name)s” is yours. Make the first contact by %(moment)s.",
                      name=lead.customer.name, moment=words.due_word(lead)),
                    url_for("pool.undo", pool_step_id=step.id))
    return go(url_for("leads.show", lead_id=lead.id))


@blueprint.post("/leads/pool/steps/<int:pool_step_id>/undo")
@access.requires("pool:undo")
def undo(pool_step_id: int) -> Response:
    """Take a claim or a return back, for a few minutes."""
    step = access.fetch(PoolStep, pool_step_id, "pool:undo")
    if step.what == rules.CLAIMED:
        actions.unclaim_lead(g.actor, step, clock.now())
        flash(_("The lead is back in the pool. The claim still counts for today: %(used)s.",
                used=words.allowance(used.holding(g.actor.id, clock.now()), limits())), "success")
        return go(here(url_for("pool.show")))
    actions.put_back_lead(g.actor, step, clock.now())
    flash(_("The lead is back with %(name)s.", name=step.person.name if step.person else ""),
          "success")
    return go(here(url_for("leads.show", lead_id=step.lead_id)))


def _pool_page(status: int = 200, refused_id: int | None = None, said: str = "") -> Response:
    filters = PoolFilters.from_args(request.values)
    page, now = paginate(queries.pool_leads(filters), most=MANY), clock.now()
    ids = [lead.id for lead in page.items]
    bounds, holding = limits(), used.holding(g.actor.id, now)
    language = current_language()
    return render(
        "pool/show.html", "pool/_pool.html", status=status, page=page, filters=filters,
        returns=queries.last_returns(ids), words=words,
        readable=queries.readable(g.actor, page.items),
        barriers={lead.id: barrier for lead in page.items
                  if (barrier := used.barrier_for(lead, g.actor.id, holding, now))},
        holding=holding, limits=bounds, refused_id=refused_id, said=said,
        boxes=[(name, choices(name, language, getattr(filters, name))) for name in queries.LISTS],
    )
