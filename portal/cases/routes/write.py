"""Recording and editing a case: form, preview, and the comparison when two people edit."""

from collections.abc import Sequence

from flask import Response, abort, current_app, flash, g, request, url_for

from portal.cases import compare, rules, words
from portal.cases.actions import attachments
from portal.cases.actions import cases as actions
from portal.cases.forms import CaseForm, form_for
from portal.cases.models import Case
from portal.cases.queries import cases as queries
from portal.cases.queries import talk
from portal.cases.queries.alike import Alike, very_alike
from portal.cases.routes import asking, blueprint
from portal.core import access, clock, markdown
from portal.core.errors import Refused
from portal.core.i18n import LANGUAGES, current_language
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.text import block
from portal.core.unit_of_work import abandon
from portal.people.models import User
from portal.people.sessions import keeps_text
from portal.search.log.actions import gap_asked

LONGEST_GAP = 200


@blueprint.get("/cases/new")
@access.requires("case:record")
def choose_kind() -> Response:
    """What to record."""
    kinds = [(kind, words.kind_word(kind), words.KIND_HINTS[kind], words.kind_icon(kind))
             for kind in rules.KINDS]
    return render("cases/choose_kind.html", kinds=kinds)


@blueprint.route("/cases/new/<kind>", methods=["GET", "POST"])
@access.requires("case:record")
@keeps_text
def record(kind: str) -> Response:
    """A new case of this kind, from its template."""
    if kind not in rules.KINDS:
        abort(404)
    form = form_for(kind)()
    form.prepare(None)
    if request.method == "GET":
        form.body.data = queries.case_template(kind, current_language())
        form.title.data = request.args.get("title", "")[: rules.LONGEST_TITLE]
        asking.fill_asked(form, asking.person_of(request.args.get("asked", "")))
        return form_page(form, kind)
    draft = request.form.get("as") == "draft"
    if not _is_ready(form, kind, draft):
        return form_page(form, kind, status=422)
    if not draft and (found := _overlooked(form)):
        return form_page(form, kind, status=422, found=found)
    try:
        case = actions.record_case(
            g.actor, form.content(kind, None), clock.now(), draft=draft
        )
        attach_files(case, form)
        asking.save_asked(case, form)
    except Refused as refused:
        return refused_page(form, kind, refused)
    if not draft and (gap := request.form.get("gap")):
        gap_asked(g.actor.id, gap[:LONGEST_GAP], case.search_ref, clock.now())
    flash(_("Draft saved; only you can see it.") if draft else _("Published. Thank you!"),
          "success")
    return go(url_for("cases.show", case_id=case.id))


@blueprint.route("/cases/<int:case_id>/edit", methods=["GET", "POST"])
@access.requires("case:edit")
@keeps_text
def edit(case_id: int) -> Response:
    """Change a case; every save is a revision, and a stale save loses neither text."""
    case = access.fetch(Case, case_id, "case:edit")
    form = form_for(case.kind)()
    form.prepare(case.content)
    if request.method == "GET":
        form.fill(case.content, case.revision)
        asking.fill_asked(form, case.asked)
        return form_page(form, case.kind, case)
    draft = None if case.confidence != "draft" else request.form.get("as") == "draft"
    if not _is_ready(form, case.kind, draft is not False, case.asked):
        return form_page(form, case.kind, case, status=422)
    try:
        changed = actions.edit_case(
            g.actor, case, form.content(case.kind, case.content), form.base_revision,
            form.note.data or "", clock.now(), draft=draft,
        )
        attached, asked = attach_files(case, form), asking.save_asked(case, form)
    except actions.StaleEdit:
        return _comparison(case, form)
    except Refused as refused:
        return refused_page(form, case.kind, refused, case)
    said = _("Saved.") if changed or attached or asked else _("Nothing had changed.")
    flash(_("Published. Thank you!") if draft is False else said, "success")
    return go(url_for("cases.show", case_id=case.id))


@blueprint.post("/cases/preview")
@access.requires("case:record")
def preview() -> Response:
    """The text as it will look."""
    # Nothing is written here, so nobody need wait for it.
    abandon()
    text = request.form.get("text", "")
    if len(text) > rules.LONGEST_BODY:
        abort(413)
    return Response(f'<div class="prose">{markdown.render(text)}</div>')


def form_page(
    form: CaseForm, kind: str, case: Case | None = None, *, status: int = 200,
    found: Sequence[Alike] = (),
) -> Response:
    """The form; `found` are cases to look at before this one is published."""
    if status >= 400:
        # What the form still shows is read anew.
        abandon()
    return render(
        "cases/form.html", status=status, form=form, kind=kind, case=case,
        known_tags=queries.popular_tags(g.actor),
        files=talk.attachments_of(case) if case else [],
        limit_mb=current_app.extensions["settings"].upload_mb, found=found,
        looked="yes" if found else request.form.get("looked", ""),
        gap=request.values.get("gap", "")[:LONGEST_GAP],
    )


def _is_ready(form: CaseForm, kind: str, draft: bool, asked: User | None = None) -> bool:
    """Whether the form can be saved as it is; otherwise it says what is missing."""
    return (
        bool(form.validate()) and asking.understands_asked(form, asked)
        and (draft or _is_written(form, kind))
    )


def _overlooked(form: CaseForm) -> list[Alike]:
    """Cases of nearly the same title that nobody was shown: scripts show them while one types,
    and say so in the form. Asked once."""
    if request.form.get("looked") != "":
        return []
    return very_alike(g.actor, form.title.data or "")


def _is_written(form: CaseForm, kind: str) -> bool:
    """Whether there is more than the template: its questions alone help no reader."""
    text = block(form.body.data)
    if not text or all(text != block(queries.case_template(kind, code)) for code in LANGUAGES):
        return True
    form.body.errors = [_("These are still the template's own words. Write a few of yours over "
                          "them, or save a draft.")]
    return False


def refused_page(
    form: CaseForm, kind: str, refused: Refused, case: Case | None = None
) -> Response:
    """The form as it was typed, and why it was refused."""
    form.form_errors.append(str(refused.message))
    return form_page(form, kind, case, status=refused.status)


def _comparison(case: Case, form: CaseForm) -> Response:
    """Somebody saved first: their text, one's own, and what differs. Saving again decides."""
    abandon()
    mine = form.content(case.kind, case.content)
    form.base.data = str(case.revision)
    newest = talk.revision_numbered(g.actor, case, case.revision)
    return render(
        "cases/conflict.html", status=409, case=case, form=form, newest=newest,
        changes=compare.changes(case.content, mine), kind=case.kind,
        known_tags=queries.popular_tags(g.actor),
        files=[], limit_mb=current_app.extensions["settings"].upload_mb,
    )


def attach_files(case: Case, form: CaseForm) -> int:
    """Store what was uploaded; the number of files."""
    settings = current_app.extensions["settings"]
    uploads = [file for file in form.files.data or [] if file and file.filename]
    if len(uploads) > attachments.MOST_FILES:
        raise Refused(_("At most 30 files at once."))
    for file in uploads:
        attachments.attach(
            g.actor, case, attachments.Upload(file.filename, file.stream), settings.files,
            settings.upload_mb, clock.now(),
        )
    return len(uploads)
