"""Flags: raising one, answering it, and taking either back."""

import re

from flask import Response, flash, g, url_for

from portal.cases.models import Case, Flag
from portal.cases.trust import rules
from portal.cases.trust.actions import flagging as actions
from portal.cases.trust.forms import FlagForm, ResolveForm
from portal.cases.trust.routes import blueprint
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, here, render
from portal.core.unit_of_work import abandon
from portal.extensions import db
from portal.people.sessions import keeps_text


@blueprint.route("/cases/<int:case_id>/flag", methods=["GET", "POST"])
@access.requires("case:flag")
@keeps_text
def flag(case_id: int) -> Response:
    """Say what is wrong with a case."""
    case = access.fetch(Case, case_id, "case:flag")
    form = FlagForm()
    if not form.validate_on_submit():
        return _page(case, form, 422 if form.is_submitted() else 200)
    try:
        row = actions.raise_flag(
            g.actor, case, form.reason.data, form.note.data or "",
            _case_named(form.duplicate.data or ""), clock.now(),
        )
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _page(case, form, refused.status)
    flash_with_undo(_("Thank you. The owner and their manager are told."),
                    url_for("trust.take_back_flag", flag_id=row.id))
    return go(url_for("cases.show", case_id=case.id))


@blueprint.post("/flags/<int:flag_id>/resolve")
@access.requires("flag:resolve")
def resolve(flag_id: int) -> Response:
    """Answer a flag; who raised it is told."""
    row = access.fetch(Flag, flag_id, "flag:resolve")
    form = ResolveForm()
    if not form.validate():
        raise Refused(_("Say how it was settled, in at most 500 characters."))
    actions.resolve_flag(g.actor, row, form.resolution.data, form.answer.data or "", clock.now())
    flash_with_undo(_("Settled. Whoever flagged it is told."),
                    url_for("trust.reopen", flag_id=row.id, next=here("")))
    return go(here(_on_page(row)))


@blueprint.post("/flags/<int:flag_id>/reopen")
@access.requires("flag:reopen")
def reopen(flag_id: int) -> Response:
    """Take one's answer back."""
    row = access.fetch(Flag, flag_id, "flag:reopen")
    actions.reopen_flag(g.actor, row, clock.now())
    flash(_("The flag is open again."), "success")
    return go(here(_on_page(row)))


@blueprint.post("/flags/<int:flag_id>/take-back")
@access.requires("flag:take_back")
def take_back_flag(flag_id: int) -> Response:
    """Take down the flag that one raised."""
    row = access.fetch(Flag, flag_id, "flag:take_back")
    actions.resolve_flag(g.actor, row, rules.TAKEN_BACK, "", clock.now())
    flash_with_undo(_("The flag is taken down."), url_for("trust.reopen", flag_id=row.id))
    return go(url_for("cases.show", case_id=row.case_id))


def _page(case: Case, form: FlagForm, status: int) -> Response:
    if status >= 400:
        abandon()
    return render("trust/flag.html", status=status, case=case, form=form)


def _case_named(text: str) -> Case | None:
    """The case that an address or a number means, if the person may read it."""
    found = re.search(r"(?:/cases/|^\s*#?)(\d{1,9})(?!\d)", text, re.ASCII)
    case = db.session.get(Case, int(found[1])) if found else None
    return case if case is not None and access.allows(g.actor, "case:read", case) else None


def _on_page(row: Flag) -> str:
    return url_for("cases.show", case_id=row.case_id, _anchor="flags")
