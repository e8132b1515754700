"""＋ Record: what there is to record, and a new case, made once however often it arrives."""

from flask import Response, abort, flash, g, request, url_for

from portal.cases import rules, words
from portal.cases.actions import cases as actions
from portal.cases.alerts.actions import raise_alert
from portal.cases.forms import CaseForm, form_for
from portal.cases.models import Case
from portal.cases.queries import cases as queries
from portal.cases.queries.alike import Alike, very_alike
from portal.cases.routes import asking, blueprint, drafting, origin
from portal.cases.routes.write import attach_files, form_page, is_ready, refused_page
from portal.cases.writings import ALERT, NEW
from portal.core import access, clock
from portal.core.errors import Refused
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.render import go, render
from portal.drafts import web as drafts
from portal.people.sessions import keeps_text
from portal.search.log.actions import gap_asked

LONGEST_GAP = 200


@blueprint.get("/record")
@access.requires("case:record")
def choose_kind() -> Response:
    """What to record: the three of every day, then the others."""
    return render("cases/choose_kind.html", quick=words.QUICK,
                  others=[kind for kind in rules.KINDS if kind not in words.QUICK],
                  begun=drafting.begun([f"case:{kind}" for kind in NEW]))


@blueprint.get("/cases/new")
@access.requires("case:record")
def choose_kind_before() -> Response:
    """The address under which this page was known before."""
    return go(url_for("cases.choose_kind"))


@blueprint.route("/cases/new/<kind>", methods=["GET", "POST"])
@access.requires("case:record")
@keeps_text
def record(kind: str) -> Response:
    """A new case of this kind, from its template."""
    if kind not in NEW:
        abort(404)
    if request.method == "GET":
        return _opened(kind)
    if before := drafts.sent_before(f"case:{kind}"):
        return drafting.as_sent(before)
    form = form_for(_kind(kind))()
    form.prepare(None)
    draft = request.form.get("as") == "draft"
    if not is_ready(form, _kind(kind), draft):
        return form_page(form, kind, status=422)
    if not draft and (names := origin.named(form, kind, origin.asked_origin())):
        return form_page(form, kind, status=422, named=names)
    if not draft and kind != ALERT and (found := _overlooked(form)):
        return form_page(form, kind, status=422, found=found)
    try:
        case = _record(form, kind, draft)
    except Refused as refused:
        return refused_page(form, kind, refused)
    flash(_("Draft saved; only you can see it.") if draft else _what_next(case, kind), "success")
    return go(url_for("cases.show", case_id=case.id))


def _kind(kind: str) -> str:
    """The kind of the case that comes of it: an alert is a problem that cannot wait."""
    return "problem" if kind == ALERT else kind


def _opened(kind: str) -> Response:
    """The form: from its template, or as it was left."""
    ref = origin.asked_origin()
    fields = drafts.draft_of(f"case:{kind}", adopt=origin.begun_before(kind, ref))
    form = drafting.filled(form_for(_kind(kind)), fields)
    form.prepare(None)
    if fields.draft is None:
        template = "" if kind == ALERT else queries.case_template(kind, current_language())
        form.body.data = template
        origin.fill_from(form, kind, ref, template)
        if title := request.args.get("title", "")[: rules.LONGEST_TITLE]:
            form.title.data = title
        asking.fill_asked(form, asking.person_of(request.args.get("asked", "")))
    elif "check" in request.args:
        is_ready(form, _kind(kind), draft=False)
    return form_page(form, kind, fields=fields)


def _record(form: CaseForm, kind: str, draft: bool) -> Case:
    """The case with all that belongs to it: together or not at all."""
    now, ref = clock.now(), origin.asked_origin() or None
    content = origin.with_source(form.content(_kind(kind), None), ref)
    case = actions.record_case(g.actor, content, now, draft=draft, source_ref=ref)
    attach_files(case, form)
    drafting.take_files(case, None if draft else case.body)
    asking.save_asked(case, form)
    if kind == ALERT and not draft:
        raise_alert(g.actor, case, now, source_ref=ref)
    if not draft and (gap := request.form.get("gap")):
        gap_asked(g.actor.id, gap[:LONGEST_GAP], case.search_ref, now)
    drafts.sent(case.search_ref)
    return case


def _what_next(case: Case, kind: str) -> str:
    """Thanks, and what happens now."""
    if kind == ALERT:
        return _("Sent. Your manager sees it at once and answers during working hours; you are "
                 "told here.")
    if case.kind == "problem" and case.asked is not None:
        return _("Published. Thank you! %(name)s is asked to answer; you are told when somebody "
                 "does.", name=case.asked.name)
    if case.kind == "problem":
        return _("Published. Thank you! Colleagues can answer now; you are told when somebody "
                 "does.")
    return _("Published. Thank you! Colleagues find it from now on; your manager is asked to "
             "validate it.")


def _overlooked(form: CaseForm) -> list[Alike]:
    """Cases of nearly the same title that nobody was shown: scripts show them while one types,
    and say so in the form. Asked once."""
    if request.form.get("looked") != "":
        return []
    return very_alike(g.actor, form.title.data or "")
