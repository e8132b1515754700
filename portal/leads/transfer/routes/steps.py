"""The steps of an import of leads: its columns, its rehearsal, bringing it in, taking it back."""

from typing import Any

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import current_language, ngettext
from portal.core.render import go, here
from portal.core.text import line
from portal.leads.rules import LONGEST_TITLE
from portal.leads.transfer import actions, rules
from portal.leads.transfer.colleagues import importable_for
from portal.leads.transfer.lists import offered
from portal.leads.transfer.models import LeadImport
from portal.leads.transfer.routes import blueprint
from portal.leads.transfer.routes.imports import import_page
from portal.leads.transfer.storing import folder, read_again
from portal.leads.transfer.words import default_title
from portal.lists.queries import vocabulary

MOST_LINE = 1_000


@blueprint.post("/leads/imports/<int:lead_import_id>/sheet")
@access.requires("lead_import:use")
def choose_sheet(lead_import_id: int) -> Response:
    """Another sheet of the workbook, or another line with the headings."""
    found = access.fetch(LeadImport, lead_import_id, "lead_import:use")
    sheet = request.form.get("sheet", found.sheet)
    number = request.form.get("header_line", "")
    header_line = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
    if sheet != found.sheet and header_line == found.header_line:
        # On another sheet the headings are looked for anew.
        header_line = 0
    try:
        rows = read_again(found, folder(), sheet, min(header_line, MOST_LINE))
        actions.choose_sheet(g.actor, found, rows)
    except Refused as refused:
        return import_page(found, str(refused.message), refused.status)
    return go(url_for("lead_import.show", lead_import_id=lead_import_id))


@blueprint.post("/leads/imports/<int:lead_import_id>/columns")
@access.requires("lead_import:use")
def choose_columns(lead_import_id: int) -> Response:
    """Which field each column is, and what holds where the table says nothing; then the
    rehearsal begins."""
    found = access.fetch(LeadImport, lead_import_id, "lead_import:use")
    mapping = [request.form.get(f"column-{number}", "") for number in range(len(found.header))]
    return _step(found, actions.choose_columns, mapping, _defaults())


@blueprint.post("/leads/imports/<int:lead_import_id>/rehearse")
@access.requires("lead_import:use")
def rehearse(lead_import_id: int) -> Response:
    """Once more, because something changed or the first time was stopped."""
    return _step(access.fetch(LeadImport, lead_import_id, "lead_import:use"), actions.rehearse)


@blueprint.post("/leads/imports/<int:lead_import_id>/rows")
@access.requires("lead_import:use")
def choose_acts(lead_import_id: int) -> Response:
    """What is done with single rows."""
    found = access.fetch(LeadImport, lead_import_id, "lead_import:use")
    acts = {int(name[4:]): value for name, value in request.form.items()
            if name.startswith("row-") and name[4:].isascii() and name[4:].isdigit()
            and len(name) < 14}
    try:
        changed = actions.choose_acts(g.actor, found, acts)
    except Refused as refused:
        return import_page(found, str(refused.message), refused.status)
    flash(ngettext("%(num)d row decided", "%(num)d rows decided", changed), "success")
    return go(here(url_for("lead_import.show", lead_import_id=lead_import_id)))


@blueprint.post("/leads/imports/<int:lead_import_id>/commit")
@access.requires("lead_import:use")
def commit(lead_import_id: int) -> Response:
    """Bring in what was rehearsed, as far as it was chosen."""
    found = access.fetch(LeadImport, lead_import_id, "lead_import:use")
    groups = {verdict: act for verdict, acts in rules.ACTS.items()
              if (act := request.form.get(f"group-{verdict}", "")) in acts}
    return _step(found, actions.commit_import, groups, _words(found))


@blueprint.post("/leads/imports/<int:lead_import_id>/go-on")
@access.requires("lead_import:use")
def go_on(lead_import_id: int) -> Response:
    """The rest of an import that was stopped."""
    return _step(access.fetch(LeadImport, lead_import_id, "lead_import:use"), actions.go_on)


@blueprint.post("/leads/imports/<int:lead_import_id>/revert")
@access.requires("lead_import:use")
def revert(lead_import_id: int) -> Response:
    """Take back what was brought in."""
    return _step(access.fetch(LeadImport, lead_import_id, "lead_import:use"),
                 actions.revert_import)


def _step(found: LeadImport, action: Any, *given: Any) -> Response:
    import_id = found.id
    try:
        action(g.actor, found, *given, clock.now(), current_language())
    except Refused as refused:
        return import_page(found, str(refused.message), refused.status)
    return go(url_for("lead_import.show", lead_import_id=import_id))


def _defaults() -> dict[str, str]:
    """What holds where the table says nothing; what is no choice counts as the usual."""
    owner = request.form.get("owner", rules.ME)
    people = {str(each.id) for each in importable_for(g.actor)}
    channel = request.form.get("channel", "")
    return {
        "owner": owner if owner in (rules.NOBODY, rules.BY_RULES, *people) else rules.ME,
        "channel": channel if channel in vocabulary()["channel"] else "import",
        "title": line(request.form.get("title"))[:LONGEST_TITLE] or default_title(),
    }


def _words(found: LeadImport) -> dict[str, str]:
    """What was decided for words that no list knows."""
    unknown = found.rehearsal.result.get("unknown", []) if found.rehearsal else []
    decided = {}
    for number, (name, word, _count) in enumerate(unknown):
        code = request.form.get(f"word-{number}", rules.LEAVE_ROWS)
        if code == rules.WITHOUT or code in dict(offered(name, current_language())):
            decided[rules.word_key(name, word)] = code
    return decided
