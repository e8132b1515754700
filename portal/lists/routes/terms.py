"""One entry of a list: its wording, its place, whether it is offered."""

from flask import Response, abort, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, render
from portal.core.unit_of_work import abandon
from portal.lists import actions
from portal.lists.forms import TagForm, TermForm, english_of, form_for
from portal.lists.models import Term
from portal.lists.routes import blueprint
from portal.lists.routes.lists import list_page, list_url
from portal.lists.words import LIST_WORDS


@blueprint.route("/manage/lists/<name>/<int:term_id>/edit", methods=["GET", "POST"])
@access.requires("lists:manage")
def edit_term(name: str, term_id: int) -> Response:
    """The wording of an entry; what it means stays."""
    term = term_in(name, term_id)
    stored = [term.label_zh, term.label_en]
    form = form_for(name, term)
    if request.method == "GET":
        form.begin(stored)
        return _term_page(term, form)
    if not form.validate():
        return _term_page(term, form, 422)
    if form.is_stale(stored):
        form.begin(stored)
        form.form_errors.append(_(
            "Somebody else changed this entry to “%(label)s” in the meantime; "
            "save again to replace that.", label=term.label_zh,
        ))
        return _term_page(term, form, 409)
    try:
        actions.change_term(g.actor.id, term, form.label_zh.data or "", english_of(form),
                            term.active, clock.now())
    except Refused as refused:
        form.label_zh.errors = [refused.message]
        return _term_page(term, form, refused.status)
    flash(_("Saved."), "success")
    return go(list_url(name))


@blueprint.post("/manage/lists/<name>/<int:term_id>/move")
@access.requires("lists:manage")
def move_term(name: str, term_id: int) -> Response:
    """One place up or down."""
    term = term_in(name, term_id)
    if name == "tag" or request.form.get("step") not in ("up", "down"):
        raise Refused(_("This entry cannot be moved so."))
    actions.move_term(g.actor.id, term, -1 if request.form["step"] == "up" else 1, clock.now())
    return go(url_for("lists.manage_list", name=name, _anchor=f"term-{term.id}"))


@blueprint.post("/manage/lists/<name>/<int:term_id>/retire")
@access.requires("lists:manage")
def retire_term(name: str, term_id: int) -> Response:
    """Offer the entry no longer; records that have it keep it."""
    term = term_in(name, term_id)
    try:
        actions.set_active(g.actor.id, term, False, clock.now())
    except Refused as refused:
        flash(str(refused.message), "warning")
        return list_page(name, form_for(name), refused.status)
    flash_with_undo(
        _("“%(label)s” is offered no longer.", label=term.label_zh),
        url_for("lists.restore_term", name=name, term_id=term.id),
    )
    return go(list_url(name))


@blueprint.post("/manage/lists/<name>/<int:term_id>/restore")
@access.requires("lists:manage")
def restore_term(name: str, term_id: int) -> Response:
    """Offer a retired entry again."""
    term = term_in(name, term_id)
    actions.set_active(g.actor.id, term, True, clock.now())
    flash(_("“%(label)s” is offered again.", label=term.label_zh), "success")
    return go(list_url(name))


def term_in(name: str, term_id: int) -> Term:
    """The entry, if the address names its list."""
    term = access.fetch(Term, term_id, "lists:manage")
    if term.list != name:
        abort(404)
    return term


def _term_page(term: Term, form: TermForm | TagForm, status: int = 200) -> Response:
    if status >= 400:
        abandon()
    return render("lists/edit_term.html", status=status, term=term, form=form,
                  list_words=LIST_WORDS)
