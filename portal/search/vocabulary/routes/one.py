"""One group: added, edited, removed, put back, given its first phrases again."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, render
from portal.core.unit_of_work import abandon
from portal.extensions import db
from portal.search.models import SynonymGroup
from portal.search.vocabulary import actions, queries
from portal.search.vocabulary.forms import GroupForm
from portal.search.vocabulary.phrases import Written, key_of
from portal.search.vocabulary.routes import blueprint
from portal.search.vocabulary.routes.groups import list_url
from portal.search.vocabulary.seeds import shipped_groups

LONGEST_PREFILL = 400


@blueprint.route("/manage/synonyms/add", methods=["GET", "POST"])
@access.requires("synonyms:manage")
def add_synonyms() -> Response:
    """A new group; `?phrases=` fills the form."""
    form = GroupForm()
    if request.method == "GET":
        form.phrases.data = request.args.get("phrases", "")[:LONGEST_PREFILL]
        return _form_page(form)
    if not form.validate():
        return _form_page(form, status=422)
    written = form.written
    try:
        actions.add_group(g.actor.id, written.phrases, clock.now())
    except Refused as refused:
        form.phrases.errors = [refused.message]
        return _form_page(form, status=refused.status)
    _say_saved(written)
    return go(list_url())


@blueprint.route("/manage/synonyms/<int:group_id>/edit", methods=["GET", "POST"])
@access.requires("synonyms:manage")
def edit_synonyms(group_id: int) -> Response:
    """Other phrases for a group."""
    group = _group(group_id)
    form = GroupForm()
    if request.method == "GET":
        form.phrases.data = "\n".join(group.phrases)
        form.begin(_stored(group))
        return _form_page(form, group)
    if not form.validate():
        return _form_page(form, group, 422)
    if form.is_stale(_stored(group)):
        form.begin(_stored(group))
        form.form_errors.append(_stale_words(group))
        return _form_page(form, group, 409)
    written = form.written
    try:
        actions.change_group(g.actor.id, group, written.phrases, clock.now())
    except Refused as refused:
        form.phrases.errors = [refused.message]
        return _form_page(form, group, refused.status)
    _say_saved(written)
    return go(list_url())


@blueprint.post("/manage/synonyms/<int:group_id>/remove")
@access.requires("synonyms:manage")
def remove_synonyms(group_id: int) -> Response:
    """Search with this group no longer."""
    group = _group(group_id)
    actions.remove_group(g.actor.id, group, clock.now())
    flash_with_undo(
        _("The group “%(phrase)s …” is removed.", phrase=group.phrases[0]),
        url_for("synonyms.put_synonyms_back", group_id=group.id, next=list_url()),
    )
    return go(list_url())


@blueprint.post("/manage/synonyms/<int:group_id>/put-back")
@access.requires("synonyms:manage")
def put_synonyms_back(group_id: int) -> Response:
    """Search with a removed group again."""
    group = _group(group_id)
    try:
        actions.put_group_back(g.actor.id, group, clock.now())
    except Refused as refused:
        flash(str(refused.message), "danger")
    else:
        flash(_("The group “%(phrase)s …” counts again.", phrase=group.phrases[0]), "success")
    return go(list_url())


@blueprint.post("/manage/synonyms/<int:group_id>/reset")
@access.requires("synonyms:manage")
def reset_synonyms(group_id: int) -> Response:
    """Give a shipped group the phrases it came with."""
    group = _group(group_id)
    try:
        actions.reset_group(g.actor.id, group, clock.now())
    except Refused as refused:
        flash(str(refused.message), "danger")
    else:
        flash(_("The group has the phrases it came with."), "success")
    return go(list_url())


def _group(group_id: int) -> SynonymGroup:
    group = access.fetch(SynonymGroup, group_id, "synonyms:manage")
    if request.method == "POST":
        # Of two who save at once, the second waits here and then sees what the first saved.
        db.session.refresh(group, with_for_update=True)
    return group


def _stored(group: SynonymGroup) -> list[object]:
    return [group.phrases, group.removed_at is None]


def _stale_words(group: SynonymGroup) -> str:
    if group.removed_at is not None:
        return _("Somebody removed this group in the meantime. What you typed is kept; if you "
                 "save again, it is changed but stays removed.")
    return _("Somebody else changed this group to “%(phrases)s” in the meantime. What you typed "
             "is kept; save again to replace that.", phrases=", ".join(group.phrases))


def _say_saved(written: Written) -> None:
    if written.repeated:
        flash(_("Saved. Left out, because it is written the same: %(phrases)s",
                phrases=", ".join(written.repeated)), "success")
    else:
        flash(_("Saved. Searches use it from now on."), "success")


def _form_page(
    form: GroupForm, group: SynonymGroup | None = None, status: int = 200
) -> Response:
    if status >= 400:
        abandon()
    written, known = form.written.phrases, queries.groups()
    original = shipped_groups().get(group.shipped_key or "") if group else None
    is_edited = group is not None and key_of(group.phrases) != group.shipped_key
    return render(
        "search/edit_synonyms.html" if group else "search/add_synonyms.html", status=status,
        form=form, group=group, also=queries.shared(known, written, but=group and group.id),
        original=original if is_edited else None,
    )
