"""Looking first (K9): cases like the one somebody begins to write, and what they do with one.

Whichever way is chosen, what was typed stays: as a private draft, or in a short form as the
title in an address.
"""

from dataclasses import dataclass

from flask import Response, flash, g, request, url_for

from portal.cases import rules
from portal.cases.actions import reuse as actions
from portal.cases.actions.cases import record_case
from portal.cases.forms import CaseForm, form_for
from portal.cases.models import Case, Reuse
from portal.cases.origins import form_url
from portal.cases.queries import cases as queries
from portal.cases.queries.alike import cases_alike
from portal.cases.routes import blueprint, origin
from portal.cases.routes.asking import save_asked, understands_asked
from portal.cases.routes.drafting import as_sent, take_files
from portal.cases.routes.write import attach_files, form_page, refused_page
from portal.cases.writings import ALERT, NEW
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, render
from portal.core.text import line
from portal.drafts import web as drafts
from portal.people.sessions import keeps_text

# So much of the text is looked at; what follows is detail.
FIRST_LINES = 300


@blueprint.get("/cases/alike")
@access.requires("case:record")
def alike() -> Response:
    """Cases that may answer already what somebody begins to write."""
    kind = request.args.get("kind", "")
    kind = kind if kind in rules.KINDS else "problem"
    title = request.args.get("title", "")[: rules.LONGEST_TITLE]
    words = queries.own_words(kind, request.args.get("body", "")[:2000])[:FIRST_LINES]
    return render(
        "cases/alike.html", "cases/_alike.html", kind=kind, title=title,
        found=cases_alike(g.actor, title, words),
    )


@blueprint.post("/cases/<int:case_id>/reuse")
@access.requires("case:reuse")
@keeps_text
def reuse(case_id: int) -> Response:
    """“This one answers me”: the case is counted as reused, and opened."""
    taken = _take(case_id)
    if isinstance(taken, Response):
        return taken
    _say(_thanks(taken), taken)
    return go(url_for("cases.show", case_id=taken.case.id))


@blueprint.post("/cases/<int:case_id>/variant")
@access.requires("case:reuse")
@keeps_text
def variant(case_id: int) -> Response:
    """“Add my variant”: what was typed becomes the beginning of a solution or a comment."""
    taken = _take(case_id)
    if isinstance(taken, Response):
        return taken
    next_step = _("Write below what is different in your case.")
    _say(_joined(_("Counted as reused."), next_step) if taken.counted else next_step, taken)
    begun = {"draft": str(taken.draft.id)} if taken.draft else {"title": taken.title}
    anchor = "propose" if taken.case.kind == "problem" else "remark"
    address = url_for("cases.show", case_id=taken.case.id, _anchor=anchor, **begun)  # type: ignore[arg-type]
    return go(address)


@blueprint.post("/reuses/<int:reuse_id>/undo")
@access.requires("reuse:undo")
def undo_reuse(reuse_id: int) -> Response:
    """Take the count back, and go on with what was being written."""
    row = access.fetch(Reuse, reuse_id, "reuse:undo")
    kind, draft, title = request.args.get("kind", ""), request.args.get("draft", ""), row.note
    actions.undo_reuse(g.actor, row, clock.now())
    flash(_("No longer counted. What you had typed is here."), "success")
    if draft.isascii() and draft.isdigit() and len(draft) < 10:
        return go(url_for("cases.edit", case_id=int(draft)))
    kind = kind if kind in NEW else "problem"
    if ref := origin.asked_origin():
        return go(form_url(kind, ref, title=title))
    return go(url_for("cases.record", kind=kind, title=title))


@dataclass(frozen=True)
class Taken:
    """A case that somebody takes instead of writing a new one, and what is kept of their text."""

    case: Case
    kind: str
    title: str
    counted: Reuse | None
    draft: Case | None


def _take(case_id: int) -> Taken | Response:
    """Count the reuse and keep what was typed, both or neither; otherwise the form again."""
    case = access.fetch(Case, case_id, "case:reuse")
    kind, form = _typed(case)
    # What was typed is dealt with here, however often it arrives.
    if before := drafts.sent_before(f"case:{kind}"):
        return as_sent(before)
    if not _is_sound(form):
        return form_page(form, kind, status=422)
    title = line(form.title.data)
    try:
        counted = actions.reuse_case(g.actor, case, title, clock.now(),
                                     source_ref=origin.asked_origin() or None)
        draft = _keep(form, kind)
    except Refused as refused:
        return refused_page(form, kind, refused)
    drafts.sent(draft.search_ref if draft else case.search_ref)
    return Taken(case, kind, title, counted, draft)


def _typed(case: Case) -> tuple[str, CaseForm]:
    """The form as it was typed. Raises `Refused` for a kind that does not exist."""
    kind = request.form.get("kind", "")
    if kind not in NEW:
        raise Refused(_("This kind of case does not exist."))
    form = form_for("problem" if kind == ALERT else kind)()
    form.prepare(None)
    if not line(form.title.data):
        # A draft needs a name; the case that was found tells what it is about.
        form.title.data = case.title[: rules.LONGEST_TITLE]
    return kind, form


def _is_sound(form: CaseForm) -> bool:
    return bool(form.validate()) and understands_asked(form)


def _keep(form: CaseForm, kind: str) -> Case | None:
    """Keep what was typed as a private draft, when there is more than a title."""
    kind = "problem" if kind == ALERT else kind
    ref = origin.asked_origin() or None
    content = origin.with_source(form.content(kind, None), ref)
    files = any(file and file.filename for file in form.files.data or [])
    if not files and content.holds_only_words and not queries.own_words(kind, content.body):
        return None
    draft = record_case(g.actor, content, clock.now(), draft=True, source_ref=ref)
    attach_files(draft, form)
    take_files(draft, None)
    save_asked(draft, form)
    return draft


def _thanks(taken: Taken) -> str:
    if taken.counted:
        return _("Counted as reused. Thank you for looking first.")
    if taken.case.owner_id == g.actor.id:
        return _("This is your own case, so nothing is counted.")
    return _("You have reused this case before. Thank you for looking first.")


def _joined(one: str, other: str) -> str:
    """Two sentences; Chinese ones stand together without a space."""
    return one + other if one.endswith("。") else f"{one} {other}"


def _say(said: str, taken: Taken) -> None:
    """Tell it on the next page, with a way back as far as something was counted."""
    if taken.draft is not None:
        said = _joined(said, _("What you typed is kept as a private draft."))
    if taken.counted is None:
        flash(said, "success")
        return
    back: dict[str, object] = {"draft": taken.draft.id} if taken.draft else {"kind": taken.kind}
    if taken.counted.source_ref:
        back[origin.FROM] = taken.counted.source_ref
    undo = url_for("cases.undo_reuse", reuse_id=taken.counted.id, **back)  # type: ignore[arg-type]
    flash_with_undo(said, undo)
