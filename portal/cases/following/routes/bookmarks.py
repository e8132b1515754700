"""Keep a case at hand, with a note for oneself; the list of what one keeps."""

from flask import Response, flash, g, request, url_for

from portal.cases import rules, words
from portal.cases.following import actions, kept
from portal.cases.following.models import Bookmark
from portal.cases.following.routes import blueprint
from portal.cases.models import Case
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import flash_with_undo, go, here, render, wants_fragment
from portal.core.unit_of_work import abandon
from portal.extensions import db


@blueprint.get("/bookmarks")
@access.requires("portal:use")
def bookmarks() -> Response:
    """The cases one keeps, by words and by kind."""
    return _page()


@blueprint.post("/bookmarks/<int:case_id>")
@access.requires("case:read")
def keep(case_id: int) -> Response:
    """Keep the case at hand."""
    case = access.fetch(Case, case_id, "case:read")
    actions.bookmark(g.actor.id, case.id, clock.now(), request.args.get("note"))
    if wants_fragment():
        return render("following/_bookmark.html", case=case, kept=True)
    flash_with_undo(_("Kept in your bookmarks; only you see them."),
                    url_for("following.drop", case_id=case.id))
    return go(here(url_for("cases.show", case_id=case.id)))


@blueprint.post("/bookmarks/<int:case_id>/drop")
@access.requires("portal:use")
def drop(case_id: int) -> Response:
    """Put it away; also one that cannot be read any more."""
    case = _kept_or_readable(case_id)
    readable = access.allows(g.actor, "case:read", case)
    note = actions.drop_bookmark(g.actor.id, case.id) or ""
    if wants_fragment() and readable:
        return render("following/_bookmark.html", case=case, kept=False)
    if readable:
        undo = url_for("following.keep", case_id=case.id, note=note)
        flash_with_undo(_("Bookmark removed."), undo)
    else:
        flash(_("Bookmark removed."), "success")
    return go(here(url_for("following.bookmarks")))


@blueprint.post("/bookmarks/<int:case_id>/note")
@access.requires("portal:use")
def note(case_id: int) -> Response:
    """Write down why one keeps it."""
    case = _kept_or_readable(case_id)
    text = request.form.get("note", "")
    try:
        actions.bookmark(g.actor.id, case.id, clock.now(), text)
    except Refused as refused:
        return _page(422, case_id, text, str(refused.message))
    flash(_("Saved."), "success")
    return go(here(url_for("following.bookmarks")))


def _page(status: int = 200, wrong: int = 0, text: str = "", said: str = "") -> Response:
    """The list; `wrong` is the case whose note was refused, as it was typed."""
    if status >= 400:
        abandon()
    kind = request.args.get("kind", "")
    wanted = kept.Wanted(request.args.get("q", "")[:80], kind if kind in rules.KINDS else "")
    page = paginate(kept.bookmarks(g.actor, wanted))
    kinds = [(kind, words.kind_word(kind)) for kind in rules.KINDS]
    return render("following/bookmarks.html", "following/_bookmarks.html", status=status,
                  page=page, wanted=wanted, kinds=kinds, wrong=wrong, typed=text, said=said)


def _kept_or_readable(case_id: int) -> Case:
    """The case, if one keeps it or may read it; 404 otherwise."""
    kept = db.session.get(Bookmark, (g.actor.id, case_id)) if case_id < 2**31 else None
    return kept.case if kept is not None else access.fetch(Case, case_id, "case:read")
