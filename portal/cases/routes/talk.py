"""Solutions and comments under a case."""

from flask import Response, flash, g, request, url_for

from portal.cases.actions import talk as actions
from portal.cases.forms import CommentForm, SolutionForm
from portal.cases.models import Case, Comment, Solution
from portal.cases.queries import talk as queries
from portal.cases.routes import blueprint, drafting, variants
from portal.cases.routes.page import _part_or_page, case_page
from portal.core import access, clock
from portal.core.errors import Conflict, Refused
from portal.core.i18n import gettext as _
from portal.core.render import flash_with_undo, go, render
from portal.core.unit_of_work import abandon
from portal.drafts import web as drafts
from portal.drafts.web import DraftFields
from portal.people.sessions import keeps_text


@blueprint.post("/cases/<int:case_id>/solutions")
@access.requires("case:propose")
@keeps_text
def propose(case_id: int) -> Response:
    """An answer to a problem."""
    case = access.fetch(Case, case_id, "case:propose")
    if before := drafts.sent_before(f"solution-to:{case.id}"):
        return drafting.as_sent(before)
    form = SolutionForm()
    if not form.validate():
        abandon()
        return case_page(case, status=422, solution_form=form)
    solution = actions.propose_solution(g.actor, case, form.body.data or "", clock.now())
    flash(_("Your solution is published. Thank you!"), "success")
    variants.use_up(form.draft.data)
    return _published(solution)


@blueprint.post("/cases/<int:case_id>/comments")
@access.requires("case:comment")
@keeps_text
def comment(case_id: int) -> Response:
    """A remark in the discussion."""
    case = access.fetch(Case, case_id, "case:comment")
    if before := drafts.sent_before(f"comment-on:{case.id}"):
        return drafting.as_sent(before)
    form = CommentForm()
    if not form.validate():
        abandon()
        return case_page(case, status=422, comment_form=form)
    remark = actions.add_comment(g.actor, case, form.body.data or "", clock.now())
    variants.use_up(form.draft.data)
    return _published(remark)


@blueprint.route("/solutions/<int:solution_id>/edit", methods=["GET", "POST"])
@access.requires("text:edit")
@keeps_text
def edit_solution(solution_id: int) -> Response:
    """New wording for one's own solution."""
    return _edit(access.fetch(Solution, solution_id, "text:edit"), SolutionForm)


@blueprint.route("/comments/<int:comment_id>/edit", methods=["GET", "POST"])
@access.requires("text:edit")
@keeps_text
def edit_comment(comment_id: int) -> Response:
    """New wording for one's own comment."""
    return _edit(access.fetch(Comment, comment_id, "text:edit"), CommentForm)


@blueprint.post("/solutions/<int:solution_id>/accept")
@access.requires("solution:accept")
def accept(solution_id: int) -> Response:
    """This one solved it."""
    solution = access.fetch(Solution, solution_id, "solution:accept")
    actions.accept_solution(g.actor, solution, clock.now())
    undo = url_for("cases.unaccept", solution_id=solution.id)
    flash_with_undo(_("Accepted: the problem is solved."), undo)
    return _back(solution)


@blueprint.post("/solutions/<int:solution_id>/unaccept")
@access.requires("solution:accept")
def unaccept(solution_id: int) -> Response:
    """Open the problem again."""
    solution = access.fetch(Solution, solution_id, "solution:accept")
    actions.unaccept_solution(g.actor, solution, clock.now())
    flash(_("The problem is open again."), "success")
    return _back(solution)


@blueprint.post("/solutions/<int:solution_id>/helped")
@access.requires("text:read")
def praise_solution(solution_id: int) -> Response:
    """“This helped me”, or no longer."""
    solution = access.fetch(Solution, solution_id, "text:read")
    access.demand(g.actor, "case:praise", solution.case)
    before = solution.id in queries.helped_words(g.actor, solution.case)
    actions.say_it_helped(g.actor, solution.case, solution, not before, clock.now())
    return _part_or_page(
        "cases/_helped.html", solution.case, solution=solution, said=not before
    )


@blueprint.post("/solutions/<int:solution_id>/withdraw")
@access.requires("text:withdraw")
def withdraw_solution(solution_id: int) -> Response:
    """Hide a solution; undone with one tap."""
    return _withdraw(access.fetch(Solution, solution_id, "text:withdraw"))


@blueprint.post("/comments/<int:comment_id>/withdraw")
@access.requires("text:withdraw")
def withdraw_comment(comment_id: int) -> Response:
    """Hide a comment; undone with one tap."""
    return _withdraw(access.fetch(Comment, comment_id, "text:withdraw"))


@blueprint.post("/solutions/<int:solution_id>/put-back")
@access.requires("text:withdraw")
def put_back_solution(solution_id: int) -> Response:
    """Show a withdrawn solution again."""
    return _put_back(access.fetch(Solution, solution_id, "text:withdraw"))


@blueprint.post("/comments/<int:comment_id>/put-back")
@access.requires("text:withdraw")
def put_back_comment(comment_id: int) -> Response:
    """Show a withdrawn comment again."""
    return _put_back(access.fetch(Comment, comment_id, "text:withdraw"))


def _edit(
    text: Solution | Comment, form_class: type[SolutionForm] | type[CommentForm]
) -> Response:
    name = f"{_noun(text)}:{text.id}"
    if request.method == "GET":
        fields = drafts.draft_of(name)
        form = drafting.filled(form_class, fields)
        if fields.draft is None:
            form.body.data, form.base.data = text.body, str(text.revision)
        return _edit_page(text, form, fields=fields)
    if before := drafts.sent_before(name):
        return drafting.as_sent(before)
    form = form_class()
    if not form.validate():
        return _edit_page(text, form, status=422)
    try:
        actions.edit_contribution(
            g.actor, text, form.body.data or "", form.base_revision, clock.now()
        )
    except Conflict as conflict:
        abandon()
        form.base.data = str(text.revision)
        form.form_errors.append(str(conflict.message))
        return _edit_page(text, form, status=409, theirs=text.body)
    except Refused as refused:
        form.form_errors.append(str(refused.message))
        return _edit_page(text, form, status=422)
    flash(_("Saved."), "success")
    return _published(text)


def _edit_page(
    text: Solution | Comment, form: SolutionForm | CommentForm, *, status: int = 200,
    theirs: str | None = None, fields: DraftFields | None = None,
) -> Response:
    name = f"{_noun(text)}:{text.id}"
    fields = fields or drafts.draft_of(name)
    begun = [] if fields.draft or status >= 400 else drafting.begun([name], but=fields.key)
    return render("cases/edit_text.html", status=status, text=text, form=form, theirs=theirs,
                  fields=fields, begun=begun)


def _published(text: Solution | Comment) -> Response:
    """The form has become this text: it takes the files, and the draft is done."""
    drafting.take_files(text.case, text.body)
    drafts.sent(f"{_noun(text)}:{text.id}")
    return _back(text)


def _withdraw(text: Solution | Comment) -> Response:
    actions.withdraw(g.actor, text, clock.now())
    noun = _noun(text)
    undo = url_for(f"cases.put_back_{noun}", **{f"{noun}_id": text.id})  # type: ignore[arg-type]
    flash_with_undo(_("Withdrawn."), undo)
    return go(url_for("cases.show", case_id=text.case_id))


def _put_back(text: Solution | Comment) -> Response:
    actions.put_back(g.actor, text, clock.now())
    flash(_("It is back."), "success")
    return _back(text)


def _back(text: Solution | Comment) -> Response:
    """The case, scrolled to the text."""
    anchor = f"{_noun(text)}-{text.id}"
    return go(url_for("cases.show", case_id=text.case_id, _anchor=anchor))


def _noun(text: Solution | Comment) -> str:
    return "solution" if isinstance(text, Solution) else "comment"
