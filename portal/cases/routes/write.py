"""The form of a case: editing, preview, and the comparison when two people edit."""

from collections.abc import Sequence

from flask import Response, abort, current_app, flash, g, request, url_for

from portal.cases import compare, rules, words
from portal.cases.actions import attachments
from portal.cases.actions import cases as actions
from portal.cases.forms import CaseForm, form_for
from portal.cases.models import Case
from portal.cases.queries import cases as queries
from portal.cases.queries import talk
from portal.cases.queries.alike import Alike
from portal.cases.routes import asking, blueprint, drafting, origin
from portal.cases.writings import ALERT
from portal.core import access, clock, markdown
from portal.core.errors import Refused
from portal.core.i18n import LANGUAGES
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.text import block
from portal.core.unit_of_work import abandon
from portal.drafts import web as drafts
from portal.drafts.web import DraftFields
from portal.people.models import User
from portal.people.sessions import keeps_text

LONGEST_GAP = 200


@blueprint.route("/cases/<int:case_id>/edit", methods=["GET", "POST"])
@access.requires("case:edit")
@keeps_text
def edit(case_id: int) -> Response:
    """Change a case; every save is a revision, and a stale save loses neither text."""
    case = access.fetch(Case, case_id, "case:edit")
    if request.method == "GET":
        return _opened(case)
    if before := drafts.sent_before(case.search_ref):
        return drafting.as_sent(before)
    form = form_for(case.kind)()
    form.prepare(case.content)
    draft = None if case.confidence != "draft" else request.form.get("as") == "draft"
    if not is_ready(form, case.kind, draft is not False, case.asked):
        return form_page(form, case.kind, case, status=422)
    if draft is not True and (names := origin.named(form, case.kind, case.source_ref)):
        return form_page(form, case.kind, case, status=422, named=names)
    try:
        changed = _save(case, form, draft)
    except actions.StaleEdit:
        return _comparison(case, form)
    except Refused as refused:
        return refused_page(form, case.kind, refused, case)
    said = _("Saved.") if changed else _("Nothing had changed.")
    flash(_("Published. Thank you!") if draft is False else said, "success")
    return go(url_for("cases.show", case_id=case.id))


def _opened(case: Case) -> Response:
    """The form with the case as it is, or with what one had begun to change."""
    fields = drafts.draft_of(case.search_ref)
    form = drafting.filled(form_for(case.kind), fields)
    form.prepare(case.content)
    if fields.draft is None:
        form.fill(case.content, case.revision)
        asking.fill_asked(form, case.asked)
    elif "check" in request.args:
        is_ready(form, case.kind, case.confidence == "draft", case.asked)
    return form_page(form, case.kind, case, fields=fields)


def _save(case: Case, form: CaseForm, draft: bool | None) -> bool:
    """Whether anything differs now: the text, the files, or whom it asks."""
    changed = actions.edit_case(
        g.actor, case, origin.with_source(form.content(case.kind, case.content), case.source_ref),
        form.base_revision, form.note.data or "", clock.now(), draft=draft,
    )
    attached = attach_files(case, form) + drafting.take_files(case, case.body)
    asked = asking.save_asked(case, form)
    drafts.sent(case.search_ref)
    return bool(changed or attached or asked)


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
    found: Sequence[Alike] = (), fields: DraftFields | None = None, named: Sequence[str] = (),
) -> Response:
    """The form; `found` are cases to look at before this one is published, `named` customers that
    its text names. `kind` may be that of a problem that cannot wait."""
    if status >= 400:
        # What the form still shows is read anew.
        abandon()
    name = case.search_ref if case else f"case:{kind}"
    fields = fields or drafts.draft_of(name)
    return render(
        "cases/form.html", status=status, form=form, case=case, recording=kind,
        kind="problem" if kind == ALERT else kind, fields=fields,
        begun=[] if fields.draft or status >= 400 else drafting.begun([name], but=fields.key),
        known_tags=queries.popular_tags(g.actor),
        files=talk.attachments_of(case) if case else [],
        limit_mb=current_app.extensions["settings"].upload_mb, found=found,
        looked="yes" if found else request.form.get("looked", ""),
        gap=request.values.get("gap", "")[:LONGEST_GAP], named=origin.listed(named),
        **origin.shown_origin(case, fields),
    )


def is_ready(form: CaseForm, kind: str, draft: bool, asked: User | None = None) -> bool:
    """Whether the form can be saved as it is; otherwise it says what is missing."""
    return (
        bool(form.validate()) and asking.understands_asked(form, asked)
        and (draft or _is_written(form, kind))
    )


def _is_written(form: CaseForm, kind: str) -> bool:
    """Whether there is more than the template: its questions alone help no reader.

    What is recorded between two customers may be its title and a photo: then they are left out.
    """
    text = block(form.body.data)
    if not text or all(text != block(queries.case_template(kind, code)) for code in LANGUAGES):
        return True
    if kind in words.QUICK:
        form.body.data = ""
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
        fields=drafts.draft_of(case.search_ref), recording=case.kind,
        origin=case.source_ref or "",
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
