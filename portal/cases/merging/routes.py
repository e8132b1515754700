"""Choosing the case to keep, comparing, merging, and taking the merge back."""

from flask import Blueprint, Response, flash, g, request, url_for

from portal.cases.merging import actions, moving, queries, rules
from portal.cases.merging.actions import Wanted
from portal.cases.merging.forms import MergeForm
from portal.cases.merging.models import Merge
from portal.cases.merging.words import OBSTACLES
from portal.cases.models import Case
from portal.core import access, clock
from portal.core.errors import Conflict, Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, render
from portal.core.unit_of_work import abandon
from portal.people.sessions import keeps_text

blueprint = Blueprint("merging", __name__)


@blueprint.get("/cases/<int:case_id>/merge")
@access.requires("case:merge")
def choose(case_id: int) -> Response:
    """Into which case: look for it, then compare the two side by side."""
    case = access.fetch(Case, case_id, "case:merge")
    if "into" in request.args:
        into = request.args["into"]
        kept = _mergeable(int(into)) if _is_number(into) else None
        if kept is not None:
            return _comparison(case, kept, _filled(case, kept))
    typed = request.args.get("q", "").strip()[:200]
    exact = queries.named(g.actor, typed) if typed else None
    return render(
        "merging/choose.html", "merging/_found.html", case=case, typed=typed,
        found=[exact] if exact else queries.found_for(g.actor, case, typed),
        alike=[] if typed else queries.looking_like(g.actor, case),
    )


@blueprint.post("/cases/<int:case_id>/merge")
@access.requires("case:merge")
@keeps_text
def merge(case_id: int) -> Response:
    """This case goes into the other."""
    case = access.fetch(Case, case_id, "case:merge")
    into = request.form.get("into", "")
    if not _is_number(into):
        # Which one to keep was not said: choose it first.
        return go(url_for("merging.choose", case_id=case.id))
    kept = _mergeable(int(into))
    form = MergeForm()
    if not form.validate():
        return _comparison(case, kept, form, status=422)
    kept_base, gone_base = form.bases
    wanted = Wanted(form.title.data or "", form.body.data or "", kept_base, gone_base)
    try:
        done = actions.merge_cases(g.actor, case, kept, wanted, clock.now())
    except Refused as refused:
        return _refused(case, kept, form, refused)
    flash_with_undo(_("Merged. What stood under “%(title)s” is here now.", title=case.title),
                    url_for("merging.undo", merge_id=done.id))
    return go(url_for("cases.show", case_id=kept.id))


@blueprint.post("/merges/<int:merge_id>/undo")
@access.requires("merge:undo")
def undo(merge_id: int) -> Response:
    """The two cases are apart again."""
    row = access.fetch(Merge, merge_id, "merge:undo")
    actions.undo_merge(g.actor, row, clock.now())
    flash(_("The merge is undone: “%(title)s” stands for itself again.", title=row.case.title),
          "success")
    return go(url_for("cases.show", case_id=row.case_id))


def _comparison(
    case: Case, kept: Case, form: MergeForm, *, status: int = 200
) -> Response:
    if status >= 400:
        # What the page shows is read anew.
        abandon()
    gone_side, kept_side = queries.sides(g.actor, case, kept)
    found = rules.obstacle(gone_side, kept_side)
    form.kept_base.data, form.gone_base.data = str(kept.revision), str(case.revision)
    return render(
        "merging/compare.html", status=status, case=case, kept=kept, form=form,
        obstacle=OBSTACLES.get(found), moves=moving.counts(case, kept),
        hides=rules.hides(gone_side, kept_side), days=rules.UNDO_DAYS,
        tags=actions.united(kept.content.tags, case.content.tags),
        turned=not rules.obstacle(kept_side, gone_side),
    )


def _refused(case: Case, kept: Case, form: MergeForm, refused: Refused) -> Response:
    said = str(refused.message)
    if isinstance(refused, Conflict):
        said = _("One of the two was saved while you compared. Your text is still here; look at "
                 "both once more, then merge.")
    form.form_errors.append(said)
    return _comparison(case, kept, form, status=refused.status)


def _filled(case: Case, kept: Case) -> MergeForm:
    return MergeForm(formdata=None, data={"title": kept.title, "body": kept.body})


def _mergeable(case_id: int) -> Case:
    """The case to keep. Aborts like any address when it is not for this person."""
    return access.fetch(Case, case_id, "case:merge")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
