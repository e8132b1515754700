"""The lists, one list, and a new entry in it."""

from flask import Response, abort, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, here, render
from portal.core.unit_of_work import abandon
from portal.lists import actions, queries
from portal.lists.forms import TagForm, TermForm, english_of, form_for
from portal.lists.models import LISTS
from portal.lists.routes import blueprint
from portal.lists.words import LIST_HINTS, LIST_ICONS, LIST_WORDS


@blueprint.get("/manage/lists")
@access.requires("lists:manage")
def manage_lists() -> Response:
    """The lists, to choose one."""
    return render("lists/manage_lists.html", counts=queries.counts(), list_words=LIST_WORDS,
                  list_hints=LIST_HINTS, list_icons=LIST_ICONS)


@blueprint.get("/manage/lists/<name>")
@access.requires("lists:manage")
def manage_list(name: str) -> Response:
    """One list: its entries in their order, retired ones included; tags to search."""
    _demand_list(name)
    return list_page(name, form_for(name))


@blueprint.post("/manage/lists/<name>/add")
@access.requires("lists:manage")
def add_term(name: str) -> Response:
    """A new entry at the end."""
    _demand_list(name)
    form = form_for(name)
    if not form.validate():
        return list_page(name, form, 422)
    try:
        actions.add_term(g.actor.id, name, form.label_zh.data or "", english_of(form), clock.now())
    except Refused as refused:
        form.label_zh.errors = [refused.message]
        return list_page(name, form, refused.status)
    flash(_("Added."), "success")
    return go(list_url(name))


def list_url(name: str) -> str:
    return here(url_for("lists.manage_list", name=name))


def _demand_list(name: str) -> None:
    if name not in LISTS:
        abort(404)


def list_page(name: str, form: TermForm | TagForm, status: int = 200) -> Response:
    """The list with the form for a new entry, and what was refused."""
    if status >= 400:
        # What the page still shows is read anew.
        abandon()
    text = request.args.get("q", "")[:64]
    page = paginate(queries.terms(name, text), per_page=50)
    return render(
        "lists/manage_list.html", "lists/_terms.html", status=status, name=name, page=page,
        text=text, form=form, uses=queries.uses(page.items) if name == "tag" else {},
        list_words=LIST_WORDS, list_hints=LIST_HINTS,
    )
