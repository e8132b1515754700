"""The review queue: one case after the other, what has waited longest first."""

from typing import Any

from flask import Response, flash, g, request, url_for

from portal.cases import rules, words
from portal.cases.actions.talk import add_comment
from portal.cases.models import Case
from portal.cases.queries.talk import revision_numbered
from portal.cases.trust import rules as trust_rules
from portal.cases.trust.forms import AskForm, ResolveForm
from portal.cases.trust.queries import flags, queue
from portal.cases.trust.routes import blueprint
from portal.cases.trust.words import TABS
from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, here, render
from portal.extensions import db
from portal.people.models import Team
from portal.people.queries import teams_with_ids


@blueprint.get("/cases/review")
@access.requires("case:review")
def review_queue() -> Response:
    """What waits for this manager, in tabs with counts."""
    tab, narrowed, chosen = _asked_for()
    today = clock.today()
    return render(
        "trust/queue.html", "trust/_queue.html", tab=tab, chosen=chosen,
        page=paginate(queue.queue(g.actor, tab, narrowed, today)),
        queue_tabs=_tabs(queue.counts(g.actor, narrowed, today), tab, chosen), today=today,
        kinds=[(kind, words.kind_word(kind)) for kind in rules.KINDS],
        teams=[(team.id, team.name) for team in _teams()], owners=queue.owners(g.actor),
    )


@blueprint.get("/cases/review/<int:case_id>")
@access.requires("case:vouch")
def read(case_id: int) -> Response:
    """A case to read and decide on; whatever is decided, the next one opens."""
    case = access.fetch(Case, case_id, "case:vouch")
    return _reading(case, AskForm(formdata=None), 200)


@blueprint.post("/cases/review/<int:case_id>/ask")
@access.requires("case:vouch")
def ask(case_id: int) -> Response:
    """Ask the owner for a change, as a comment they are told of."""
    case = access.fetch(Case, case_id, "case:vouch")
    access.demand(g.actor, "case:comment", case)
    form = AskForm()
    if not form.validate():
        return _reading(case, form, 422)
    add_comment(g.actor, case, form.body.data or "", clock.now())
    flash(_("The owner is asked to change it; it stays in the queue."), "success")
    return go(here(url_for("trust.review_queue")))


def _teams() -> list[Team]:
    """The teams this person leads, by name."""
    query = teams_with_ids(g.actor.tree.led_by(g.actor.id))
    return list(db.session.scalars(query.order_by(Team.name)))


def _reading(case: Case, form: AskForm, status: int) -> Response:
    tab, narrowed, chosen = _asked_for()
    following = queue.after(g.actor, tab, narrowed, clock.today(), case)
    arguments: dict[str, Any] = {"tab": tab, **chosen}
    read_then = case.validated_revision or 0
    changed = trust_rules.has_changed(case.revision, case.validated_revision)
    since = revision_numbered(g.actor, case, read_then) if changed else None
    return render(
        "trust/read.html", status=status, case=case, form=form, tab=tab, chosen=chosen,
        flags=flags.open_flags(case), resolve_form=ResolveForm(formdata=None), since=since,
        next_url=(url_for("trust.read", case_id=following, **arguments) if following
                  else url_for("trust.review_queue", **arguments)),
        is_last=following is None, today=clock.today(),
    )


def _asked_for() -> tuple[str, queue.Narrowed, dict[str, Any]]:
    """Tab and filters of the address; what does not exist narrows to nothing."""
    tab = request.args.get("tab", "")
    chosen: dict[str, Any] = {name: value for name in ("kind", "owner", "team")
              if (value := request.args.get(name, "")[:64])}
    team, owner = _number(chosen.get("team")), _number(chosen.get("owner"))
    narrowed = queue.Narrowed(
        kind=chosen.get("kind", ""), owner_id=owner,
        team_ids=None if team is None else g.actor.tree.subtree(team),
    )
    return tab if tab in queue.TABS else "new", narrowed, chosen


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _tabs(counts: dict[str, int], tab: str, chosen: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"label": TABS[name], "url": url_for("trust.review_queue", tab=name, **chosen),
         "active": name == tab, "count": counts[name]}
        for name in queue.TABS
    ]
