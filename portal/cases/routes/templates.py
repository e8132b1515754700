"""What the form of each kind starts with: shown, and changed by administrators."""

from flask import Response, abort, flash, g, request, url_for
from sqlalchemy import select
from wtforms import TextAreaField
from wtforms.validators import Length

from portal.cases import rules, templates, words
from portal.cases.actions.templates import change_template
from portal.cases.models import CaseTemplate
from portal.cases.routes import blueprint
from portal.core import access, clock
from portal.core.i18n import LANGUAGES
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.render import go, render
from portal.core.stale import RecordForm
from portal.core.unit_of_work import abandon
from portal.extensions import db


class TemplateForm(RecordForm):
    """The text of a template."""

    body = TextAreaField(_l("Text"), [Length(max=rules.LONGEST_BODY)])


@blueprint.get("/manage/lists/templates")
@access.requires("lists:manage")
def manage_templates() -> Response:
    """The templates by kind and language."""
    rows = db.session.scalars(select(CaseTemplate))
    found = {(template.kind, template.language): template for template in rows}
    changed = {key for key, row in found.items() if row.body != templates.shipped(*key)}
    return render("cases/manage_templates.html", kinds=rules.KINDS, languages=LANGUAGES,
                  found=found, changed=changed, words=words)


@blueprint.route("/manage/lists/templates/<kind>/<language>", methods=["GET", "POST"])
@access.requires("lists:manage")
def edit_template(kind: str, language: str) -> Response:
    """The text with which a new case of this kind starts in this language."""
    if kind not in rules.KINDS or language not in LANGUAGES:
        abort(404)
    template = db.session.scalar(
        select(CaseTemplate).filter_by(kind=kind, language=language)
    ) or CaseTemplate(kind=kind, language=language, body="")
    form = TemplateForm(obj=template)
    if request.method == "GET":
        form.begin([template.body])
        return _page(form, template)
    if not form.validate():
        return _page(form, template, 422)
    if form.is_stale([template.body]):
        form.begin([template.body])
        form.form_errors.append(_(
            "Somebody else changed this template in the meantime. Below is what you wrote; "
            "save again to replace what is stored."
        ))
        return _page(form, template, 409)
    changed = change_template(g.actor.id, template, form.body.data or "", clock.now())
    flash(_("Saved.") if changed else _("Nothing had changed."), "success")
    return go(url_for("cases.manage_templates"))


def _page(form: TemplateForm, template: CaseTemplate, status: int = 200) -> Response:
    kind, language = template.kind, template.language
    if status >= 400:
        # What the page still shows is read anew.
        abandon()
    return render(
        "cases/edit_template.html", status=status, form=form, kind=kind,
        kind_word=words.kind_word(kind), language=LANGUAGES[language], code=language,
        shipped=templates.shipped(kind, language),
    )
