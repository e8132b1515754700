"""People by CSV: upload, rehearsal, commit, and the first passwords once."""

from flask import Response, g, request, url_for

from portal.core import access, clock
from portal.core.downloads import csv_file
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.core.stale import fingerprint
from portal.core.unit_of_work import abandon
from portal.people import actions, queries
from portal.people.forms.manage import RosterCommitForm, RosterForm
from portal.people.roster.columns import HEADERS, ROLES, header_row
from portal.people.roster.reading import LARGEST, Table, Unreadable, decoded, table
from portal.people.roster.sample import sample_rows
from portal.people.roster.verdicts import rehearse
from portal.people.routes import blueprint
from portal.people.routes.first_passwords import never_kept, password_rows, sealed
from portal.people.words import (
    FIELD_WORDS,
    ROLE_WORDS,
    VERDICT_WORDS,
    problem_words,
    unreadable_words,
)

# So many rows of one verdict are shown; a file of thousands must not become a page of megabytes.
MOST_SHOWN = 300


@blueprint.get("/manage/people/import")
@access.requires("people:manage")
def roster() -> Response:
    """Choose a file."""
    return _upload_page(RosterForm())


@blueprint.get("/manage/people/import/sample.csv")
@access.requires("people:manage")
def roster_sample() -> Response:
    """A file to start from."""
    language = current_language()
    return csv_file("people-sample.csv", [header_row(language), *sample_rows(language)])


@blueprint.post("/manage/people/import")
@access.requires("people:manage")
def rehearse_roster() -> Response:
    """What the file would do, row by row; nothing is written."""
    form = RosterForm()
    if not form.validate():
        return _upload_page(form, 422)
    try:
        # One byte more than allowed shows that the file is too large.
        text = decoded(form.file.data.read(LARGEST + 1))
        found = table(text)
    except Unreadable as error:
        form.file.errors = [unreadable_words(error)]
        return _upload_page(form, 422)
    return _rehearsal_page(RosterCommitForm(formdata=None, content=text), found)


@blueprint.route("/manage/people/import/commit", methods=["GET", "POST"])
@access.requires("people:manage")
def commit_roster() -> Response:
    """Write what was rehearsed, in one transaction; show the first passwords once.

    The file is rehearsed again: if anybody changed in the meantime, the new verdicts are shown
    instead, and nothing is written.
    """
    form = RosterCommitForm()
    if request.method == "GET":
        return go(url_for("people.roster"))
    try:
        found = table(form.content.data or "")
    except Unreadable:
        return _upload_page(RosterForm(formdata=None), 422)
    present = queries.accounts()
    if fingerprint(rehearse(found.rows, present).verdicts) != form.shown.data:
        form.form_errors.append(_(
            "People or teams changed in the meantime. Nothing was written; "
            "this is what the file would do now."
        ))
        return _rehearsal_page(form, found, 409)
    wanted = rehearse(found.rows, present, create_teams=form.create_teams.data)
    done = actions.import_people(g.actor, wanted, clock.now())
    rows = password_rows(done.added)
    return never_kept(render(
        "people/commit_roster.html", done=done, left_out=wanted.of_kind("error"),
        problem_words=problem_words, address=url_for("people.sign_in", _external=True),
        as_text="\n".join("\t".join(row) for row in rows), sealed=sealed(rows),
    ))


def _upload_page(form: RosterForm, status: int = 200) -> Response:
    return render("people/roster.html", status=status, form=form, headers=HEADERS, roles=ROLES,
                  field_words=FIELD_WORDS, largest=LARGEST)


def _rehearsal_page(form: RosterCommitForm, found: Table, status: int = 200) -> Response:
    if status >= 400:
        # The people are read anew.
        abandon()
    rehearsal = rehearse(found.rows, queries.accounts())
    form.shown.data = fingerprint(rehearsal.verdicts)
    return render(
        "people/rehearse_roster.html", status=status, form=form, rehearsal=rehearsal,
        ignored=found.ignored, most_shown=MOST_SHOWN, field_words=FIELD_WORDS,
        role_words=ROLE_WORDS, verdict_words=VERDICT_WORDS, problem_words=problem_words,
    )
