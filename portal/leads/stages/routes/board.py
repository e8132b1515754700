"""The funnel in numbers, and the stage map as help for everybody who sells."""

from datetime import timedelta

from flask import Response, g, request

from portal.core import access, clock
from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.core.render import render
from portal.customers.queries.reading import covers_everybody
from portal.leads.stages.queries import stage_map
from portal.leads.stages.queries.funnel import bottleneck, funnel
from portal.leads.stages.routes import blueprint
from portal.leads.stages.routes.editing import reviewer_words
from portal.leads.teams import led_teams, scope

# Over which time moves are counted, in days.
SPANS = {"30": _l("30 days"), "90": _l("90 days"), "365": _l("One year")}
USUAL = "90"


@blueprint.get("/leads/stages")
@access.requires("lead:use")
def overview() -> Response:
    """What stands at each stage, how long it stays, how much goes on; and what the stages ask."""
    span = request.args.get("span", USUAL)
    span = span if span in SPANS else USUAL
    teams = led_teams(g.actor)
    filters = scope(g.actor, request.args.get("team", type=int))
    rows = funnel(g.actor, filters, clock.now() - timedelta(days=int(span)))
    return render(
        "stages/overview.html", "stages/_funnel.html", rows=rows, bottleneck=bottleneck(rows),
        span=span, spans=SPANS, teams=teams, everybody=covers_everybody(g.actor),
        filters=filters, stages=stage_map(), reviewers=reviewer_words(),
        language=current_language(),
    )
