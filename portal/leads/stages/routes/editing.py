"""The editor of the stage map: what each stage asks for, who reviews, and its former versions."""

from typing import Any

from flask import Response, abort, flash, g, request, url_for
from sqlalchemy import select

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import flash_with_undo, go, render
from portal.core.unit_of_work import abandon
from portal.customers.rules import PARTS
from portal.extensions import db
from portal.leads.stages import rules, words
from portal.leads.stages.actions.mapping import change_stage as change
from portal.leads.stages.actions.mapping import restore_stage as restore
from portal.leads.stages.queries import stage_map, versions_of
from portal.leads.stages.routes import blueprint
from portal.leads.stages.rules import Content, Stage
from portal.leads.stages.typed import SPARE_GATES, SPARE_ITEMS, content_typed
from portal.lists.models import Term
from portal.people.models import Team, User
from portal.people.rules import SELLERS


@blueprint.get("/manage/stages")
@access.requires("stages:manage")
def manage_stages() -> Response:
    """Every stage with what it asks for; order, names and use stand in the list of stages."""
    ids = {code: number for number, code in db.session.execute(
        select(Term.id, Term.code).where(Term.list == "stage"))}
    return render("stages/manage_stages.html", stages=stage_map(), ids=ids,
                  reviewers=reviewer_words(), language=current_language())


@blueprint.get("/manage/stages/<int:term_id>")
@access.requires("stages:manage")
def edit_stage(term_id: int) -> Response:
    """What one stage asks for, and what it asked for before."""
    stage = _stage(term_id)
    return _page(term_id, stage, stage.content, stage.number)


@blueprint.post("/manage/stages/<int:term_id>")
@access.requires("stages:manage")
def change_stage(term_id: int) -> Response:
    """Save it; undone with one tap."""
    stage = _stage(term_id)
    content, base = content_typed(request.form), request.form.get("base", type=int, default=-1)
    try:
        changed = change(g.actor, stage.code, content, clock.now(), base=base)
    except Refused as refused:
        abandon()
        return _page(term_id, stage, content, base, refused.status, str(refused.message))
    return _saved(term_id, stage, changed, base)


@blueprint.post("/manage/stages/<int:term_id>/restore/<int:number>")
@access.requires("stages:manage")
def restore_stage(term_id: int, number: int) -> Response:
    """Let a former version hold again."""
    stage = _stage(term_id)
    changed = restore(g.actor, stage.code, number, clock.now(), base=stage.number)
    return _saved(term_id, stage, changed, stage.number)


def reviewer_words() -> dict[str, str]:
    """Who may review at a gate, as the editor offers it."""
    people = db.session.execute(
        select(User.id, User.name)
        .where(User.deactivated_at.is_(None), User.role.in_(SELLERS))
        .order_by(User.name, User.id))
    teams = db.session.execute(select(Team.id, Team.name).order_by(Team.name))
    return {
        rules.LINE_MANAGER: _("The owner’s line manager"),
        **{f"{rules.PART}:{part}": _("Of the customer’s team: %(part)s",
                                     part=words.part_word(part))
           for part in PARTS if part != "owner"},
        **{f"{rules.TEAM}:{number}": _("Leader of %(team)s", team=name) for number, name in teams},
        **{f"{rules.PERSON}:{number}": name for number, name in people},
    }


def _stage(term_id: int) -> Stage:
    term = db.session.get(Term, term_id) if term_id < 2**31 else None
    if term is None or term.list != "stage":
        abort(404)
    return stage_map()[term.code]


def _saved(term_id: int, stage: Stage, changed: bool, base: int) -> Response:
    if not changed:
        flash(_("Nothing new was entered."), "info")
    else:
        flash_with_undo(_("Saved. What leads have answered stays as it is."),
                        url_for("stages.restore_stage", term_id=term_id, number=base))
    return go(url_for("stages.edit_stage", term_id=term_id))


def _page(
    term_id: int, stage: Stage, content: Content, base: int, status: int = 200, error: str = ""
) -> Response:
    kinds: dict[str, Any] = {name: word for name, word in words.KINDS.items()
                             if name != rules.FIELD}
    return render(
        "stages/edit_stage.html", status=status, stage=stage, content=content, base=base,
        term_id=term_id, error=error, language=current_language(), kinds=kinds,
        fields=words.FIELDS, groups=words.GROUPS, roles=words.ROLES, reviewers=reviewer_words(),
        spare_items=range(len(content.items), min(len(content.items) + SPARE_ITEMS,
                                                  rules.MOST_ITEMS)),
        spare_gates=range(len(content.gates), min(len(content.gates) + SPARE_GATES,
                                                  rules.MOST_GATES)),
        versions=paginate(versions_of(stage.code), per_page=10), newest=stage_map()[
            stage.code].number,
    )
