"""Many groups at once: a file or a text, rehearsed first and then written."""

from flask import Response, flash, g, request, url_for

from portal.core import access, clock
from portal.core.encoding import NotTextError, decode
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.render import go, render
from portal.core.stale import fingerprint
from portal.core.unit_of_work import abandon
from portal.search.vocabulary import actions, queries
from portal.search.vocabulary.forms import ImportCommitForm, ImportForm
from portal.search.vocabulary.rehearsal import MOST_LINES, Verdict, rehearse
from portal.search.vocabulary.routes import blueprint
from portal.search.vocabulary.words import problem_words

LARGEST = 256 * 1024
# So many lines of one verdict are shown.
MOST_SHOWN = 300


@blueprint.get("/manage/synonyms/import")
@access.requires("synonyms:manage")
def import_synonyms() -> Response:
    """Choose a file, or paste lines."""
    return _upload_page(ImportForm())


@blueprint.post("/manage/synonyms/import")
@access.requires("synonyms:manage")
def rehearse_synonyms() -> Response:
    """What each line would do; nothing is written."""
    form = ImportForm()
    if not form.validate():
        return _upload_page(form, 422)
    try:
        text = _text_of(form)
    except ValueError as error:
        form.file.errors = [str(error)]
        return _upload_page(form, 422)
    if not (verdicts := rehearse(text, queries.groups())):
        form.text.errors = [_("There is no line with phrases yet. Choose a file or paste some.")]
        return _upload_page(form, 422)
    if len(verdicts) > MOST_LINES:
        form.text.errors = [_("More than %(most)s lines at once; split them.", most=MOST_LINES)]
        return _upload_page(form, 422)
    return _rehearsal_page(ImportCommitForm(formdata=None, content=text), verdicts)


@blueprint.route("/manage/synonyms/import/commit", methods=["GET", "POST"])
@access.requires("synonyms:manage")
def commit_synonyms() -> Response:
    """Write the new groups that were shown. When somebody changed groups in the meantime, the
    new verdicts are shown instead and nothing is written."""
    form = ImportCommitForm()
    if request.method == "GET":
        return go(url_for("synonyms.import_synonyms"))
    verdicts = rehearse((form.content.data or "").replace("\r\n", "\n")[:LARGEST], queries.groups())
    if len(verdicts) > MOST_LINES or not verdicts:
        return _upload_page(ImportForm(formdata=None), 422)
    if fingerprint(verdicts) != form.shown.data:
        form.form_errors.append(_(
            "Groups changed in the meantime. Nothing was written; "
            "this is what the lines would do now."
        ))
        return _rehearsal_page(form, verdicts, 409)
    new = [verdict.phrases for verdict in verdicts if verdict.kind == "new"]
    count = actions.add_groups(g.actor.id, new, clock.now())
    flash(ngettext("%(num)d group added.", "%(num)d groups added.", count), "success")
    return go(url_for("synonyms.manage_synonyms"))


def _text_of(form: ImportForm) -> str:
    """The file's lines, then those that were pasted. Raises `ValueError` in words to show."""
    # One byte more than allowed shows that the file is too large.
    data = form.file.data.read(LARGEST + 1) if form.file.data else b""
    if len(data) > LARGEST:
        raise ValueError(_("The file is too large for a list of synonyms."))
    try:
        text = decode(data)
    except NotTextError:
        raise ValueError(_("This is not a text file. Save it as plain text (UTF-8).")) from None
    return f"{text}\n{form.text.data or ''}".replace("\r\n", "\n").strip("\n")[:LARGEST]


def _upload_page(form: ImportForm, status: int = 200) -> Response:
    if status >= 400:
        abandon()
    return render("search/import_synonyms.html", status=status, form=form, largest=LARGEST)


def _rehearsal_page(
    form: ImportCommitForm, verdicts: list[Verdict], status: int = 200
) -> Response:
    if status >= 400:
        abandon()
    form.shown.data = fingerprint(verdicts)
    kinds = {kind: [each for each in verdicts if each.kind == kind]
             for kind in ("error", "new", "known")}
    return render("search/rehearse_synonyms.html", status=status, form=form, kinds=kinds,
                  most_shown=MOST_SHOWN, problem_words=problem_words)
