"""Filling in a playbook, and counting that it was used.

With scripts what is filled in never leaves the browser; without, it travels in the address and is
kept nowhere.
"""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, flash, g, request, url_for

from portal.cases.actions.reuse import reuse_case
from portal.cases.models import Case
from portal.cases.playbooks import rules, views
from portal.cases.playbooks.sources import placeholder_values
from portal.core import access, clock
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.render import go, render, wants_fragment

blueprint = Blueprint("playbooks", __name__)


@blueprint.get("/cases/<int:case_id>/fill")
@access.requires("case:read")
def fill(case_id: int) -> Response:
    """A form for what changes from customer to customer, and the playbook with it."""
    case = _playbook(case_id, "case:read")
    source = request.args.get("from", "")
    known = placeholder_values(g.actor, source)
    values = _values(case, known or {})
    return render(
        "playbooks/fill.html", case=case, values=values, today=clock.today(),
        fields=rules.fields(case.body, current_language()),
        source=source if known is not None else "", page=views.page(case.body, values),
        markdown_template=views.template(case.body),
        message_template=views.message_template(case.body),
    )


@blueprint.get("/cases/<int:case_id>/fill.<any(md, txt):ending>")
@access.requires("case:read")
def filled_file(case_id: int, ending: str) -> Response:
    """The same as a file, for a browser without scripts."""
    case = _playbook(case_id, "case:read")
    values = _values(case, {})
    if ending == "md":
        text = f"# {rules.escaped(case.title)}\n\n{rules.filled_markdown(case.body, values)}\n"
    else:
        text = f"{case.title}\n\n{views.message(case.body, values)}\n"
    response = Response(text, mimetype="text/markdown" if ending == "md" else "text/plain")
    response.headers.set("Content-Disposition", "attachment", filename=f"{case.title}.{ending}")
    return response


@blueprint.post("/cases/<int:case_id>/fill/used")
@access.requires("case:reuse")
def used(case_id: int) -> Response:
    """It was printed, copied or kept, which counts as a use. Nothing filled in comes along."""
    case = _playbook(case_id, "case:reuse")
    source = request.form.get("source", "")
    known = placeholder_values(g.actor, source)
    reuse = reuse_case(g.actor, case, "", clock.now(), occasion="playbook",
                       source_ref=source if known is not None else None)
    if wants_fragment():
        return render("playbooks/_used.html", case=case, reuse=reuse)
    if reuse is not None:
        flash(_("Counted: you used this playbook."), "success")
    return go(url_for("cases.show", case_id=case.id))


def _playbook(case_id: int, permission: str) -> Case:
    case = access.fetch(Case, case_id, permission)
    if case.kind != "playbook":
        abort(404)
    return case


def _values(case: Case, known: Mapping[str, str]) -> dict[str, str]:
    """What the address says, else what the record knows, else what goes without saying."""
    plain = {"rep": g.user.name, "date": clock.today().isoformat()}
    given = {name: value for name, value in request.args.items() if value.strip()}
    return {
        **rules.values_of(plain, case.body), **rules.values_of(known, case.body),
        **rules.values_of(given, case.body),
    }
