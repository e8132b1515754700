"""Filling in a playbook, and counting that it was used.

With scripts what is filled in never leaves the browser; without, it travels in the address and is
kept nowhere.
"""

from collections.abc import Mapping

from flask import Blueprint, Response, flash, g, request, url_for

from portal.cases.actions.reuse import reuse_case
from portal.cases.models import Case
from portal.cases.playbooks import filling, views
from portal.cases.playbooks.sources import placeholder_values
from portal.core import access, clock
from portal.core.downloads import as_file
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.render import go, render, wants_fragment

blueprint = Blueprint("playbooks", __name__)


@blueprint.get("/cases/<int:case_id>/fill")
@access.requires("case:read")
def fill(case_id: int) -> Response:
    """A form for what changes from customer to customer, and the playbook with it."""
    case = access.fetch(Case, case_id, "case:read")
    if case.kind != "playbook":
        return _to_the_case(case)
    source = request.args.get("from", "")
    known = placeholder_values(g.actor, source)
    values = _values(case, known or {})
    return render(
        "playbooks/fill.html", case=case, values=values, today=clock.today(),
        fields=filling.fields(case.body, current_language()),
        source=source if known is not None else "", page=views.page(case.body, values),
        markdown_template=views.template(case.body),
        message_template=views.message_template(case.body),
    )


@blueprint.get("/cases/<int:case_id>/fill.md")
@access.requires("case:read")
def filled_markdown(case_id: int) -> Response:
    """The same as a Markdown file, for a browser without scripts."""
    case = access.fetch(Case, case_id, "case:read")
    if case.kind != "playbook":
        return _to_the_case(case)
    body = filling.filled_markdown(case.body, _values(case, {}))
    return _file(f"{case.title}.md", f"# {filling.escaped(case.title)}\n\n{body}\n")


@blueprint.get("/cases/<int:case_id>/fill.txt")
@access.requires("case:read")
def filled_text(case_id: int) -> Response:
    """The same as plain text."""
    case = access.fetch(Case, case_id, "case:read")
    if case.kind != "playbook":
        return _to_the_case(case)
    body = views.message(case.body, _values(case, {}))
    return _file(f"{case.title}.txt", f"{case.title}\n\n{body}\n")


@blueprint.post("/cases/<int:case_id>/fill/used")
@access.requires("case:reuse")
def used(case_id: int) -> Response:
    """It was printed, copied or kept, which counts as a use. Nothing filled in comes along."""
    case = access.fetch(Case, case_id, "case:reuse")
    if case.kind != "playbook":
        return _to_the_case(case)
    source = request.form.get("source", "")
    known = placeholder_values(g.actor, source)
    reuse = reuse_case(g.actor, case, "", clock.now(), occasion="playbook",
                       source_ref=source if known is not None else None)
    if wants_fragment():
        return render("playbooks/_used.html", case=case, reuse=reuse)
    if reuse is not None:
        flash(_("Counted: you used this playbook."), "success")
    return _to_the_case(case)


def _to_the_case(case: Case) -> Response:
    """Where there is nothing to fill in."""
    return go(url_for("cases.show", case_id=case.id))


def _file(name: str, text: str) -> Response:
    kind = "text/markdown" if name.endswith(".md") else "text/plain"
    return as_file(Response(text, mimetype=kind), name)


def _values(case: Case, known: Mapping[str, str]) -> dict[str, str]:
    """What the address says, else what the record knows, else what goes without saying."""
    plain = {"rep": g.user.name, "date": clock.today().isoformat()}
    given = {name: value for name, value in request.args.items() if value.strip()}
    return {
        **filling.values_of(plain, case.body), **filling.values_of(known, case.body),
        **filling.values_of(given, case.body),
    }
