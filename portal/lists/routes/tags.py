"""Two tags become one."""

from flask import Response, flash, g, request

from portal.core import access, clock
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.lists import actions, queries
from portal.lists.forms import MergeForm
from portal.lists.routes import blueprint
from portal.lists.routes.lists import list_url
from portal.lists.routes.terms import term_in


@blueprint.route("/manage/lists/tag/<int:term_id>/merge", methods=["GET", "POST"])
@access.requires("lists:manage")
def merge_tag(term_id: int) -> Response:
    """Choose the tag that stays, see what would move, then merge."""
    tag = term_in("tag", term_id)
    form = MergeForm(request.form if request.method == "POST" else request.args)
    into = queries.tag_named(form.into.data or "")
    if into is tag:
        into = None
    if request.method == "POST" and form.validate() and into is not None:
        actions.merge_tags(g.actor.id, tag, into, clock.now())
        flash(_("“%(tag)s” is merged into “%(into)s”.", tag=tag.label_zh, into=into.label_zh),
              "success")
        return go(list_url("tag"))
    if into is None and form.into.data:
        form.into.errors = [_("There is no other tag of this name.")]
    return render(
        "lists/merge_tag.html", status=422 if form.into.errors else 200, tag=tag, into=into,
        form=form, uses=queries.uses([tag, *([into] if into else [])]),
        others=queries.similar_tags(tag),
    )
