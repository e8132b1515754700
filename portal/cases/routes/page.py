"""The page of one case, and what is done with it there."""

from typing import Any

from flask import Response, flash, g, request, url_for
from sqlalchemy.orm import joinedload

from portal.cases import attached_texts, thumbnails, words
from portal.cases.actions import cases as actions
from portal.cases.actions import talk
from portal.cases.forms import CommentForm, SolutionForm
from portal.cases.models import Case
from portal.cases.parts import parts_of
from portal.cases.queries import talk as queries
from portal.cases.queries.merged import kept_case
from portal.cases.routes import blueprint, drafting, variants
from portal.cases.rules import DISCARDED, trust
from portal.core import access, clock, markdown
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import flash_with_undo, go, here, render, wants_fragment
from portal.core.templating import day
from portal.lists.queries import vocabulary
from portal.search import find

# What every case shows of others, in one statement with it.
SHOWN = [joinedload(Case.owner), joinedload(Case.validated_by), joinedload(Case.retrospective)]


@blueprint.get("/cases/<int:case_id>")
@access.requires("case:read")
def show(case_id: int) -> Response:
    """A case as a good answer: title, trust, facts, text, solutions, discussion, history."""
    case = access.fetch(Case, case_id, "case:read", options=SHOWN)
    kept = kept_case(case)
    if kept is not case and request.args.get("as") != "merged" and access.allows(
        g.actor, "case:read", kept
    ):
        # Not for ever: a merge can be undone.
        return go(url_for("cases.show", case_id=kept.id, merged=case.id))
    return case_page(case, **variants.begun_forms(case))


def case_page(
    case: Case, *, status: int = 200, solution_form: SolutionForm | None = None,
    comment_form: CommentForm | None = None,
) -> Response:
    """The page; with a form that was refused, filled as it was."""
    solutions = paginate(queries.solutions_of(case), per_page=50, parameter="solutions")
    comments = _comments(case)
    files = queries.attachments_of(case)
    markdown.prepare([case.body, *(text.body for text in [*solutions.items, *comments.items])])
    return render(
        "cases/show.html", status=status, case=case, today=clock.today(),
        badge=trust(case.confidence, case.verified_until, clock.today()),
        solutions=solutions, comments=comments,
        files=files, readings=attached_texts.states_of(files), pictures=thumbnails.rows_of(files),
        helped=queries.helped_words(g.actor, case),
        terms=vocabulary(), words=words,
        **drafting.texts_under(case, solution_form, comment_form),
        **parts_of(g.actor, case),
    )


@blueprint.get("/cases/<int:case_id>/similar")
@access.requires("case:read")
def similar(case_id: int) -> Response:
    """Cases that speak of the same; loaded beside the page."""
    case = access.fetch(Case, case_id, "case:read")
    text = f"{case.title}\n{case.title}\n{case.body[:2000]}"
    cards = find.similar(g.actor, text, exclude=[case.search_ref])
    return render("cases/similar.html", "cases/_similar.html", case=case, cards=cards)


@blueprint.post("/cases/<int:case_id>/helped")
@access.requires("case:praise")
def praise(case_id: int) -> Response:
    """“This helped me”, or no longer."""
    case = access.fetch(Case, case_id, "case:praise")
    before = 0 in queries.helped_words(g.actor, case)
    talk.say_it_helped(g.actor, case, None, not before, clock.now())
    return _part_or_page("cases/_helped.html", case, solution=None, said=not before)


@blueprint.post("/cases/<int:case_id>/validate")
@access.requires("case:validate")
def validate(case_id: int) -> Response:
    """Vouch for the case until its term has passed; undone with one tap."""
    case = access.fetch(Case, case_id, "case:validate")
    step = actions.validate_case(g.actor, case, clock.now())
    undo = url_for("trust.undo_step", step_id=step.id, next=here(""))
    until = day(case.verified_until or clock.today())
    flash_with_undo(_("Validated until %(day)s.", day=until), undo)
    return go(here(url_for("cases.show", case_id=case.id)))


@blueprint.post("/cases/<int:case_id>/archive")
@access.requires("case:archive")
def archive(case_id: int) -> Response:
    """Out of lists and results; undone with one tap."""
    case = access.fetch(Case, case_id, "case:archive")
    actions.archive_case(g.actor, case, clock.now())
    undo = url_for("cases.unarchive", case_id=case.id)
    draft = case.confidence == DISCARDED
    flash_with_undo(_("Draft discarded.") if draft else _("Archived. Nothing is lost."), undo)
    return go(url_for("cases.show", case_id=case.id))


@blueprint.post("/cases/<int:case_id>/unarchive")
@access.requires("case:archive")
def unarchive(case_id: int) -> Response:
    """Back as it was."""
    case = access.fetch(Case, case_id, "case:archive")
    actions.unarchive_case(g.actor, case, clock.now())
    flash(_("The case is back."), "success")
    return go(url_for("cases.show", case_id=case.id))


def _comments(case: Case) -> Any:
    return paginate(queries.comments_of(case), per_page=100, parameter="comments")


def _part_or_page(fragment: str, case: Case, **context: Any) -> Response:
    """The changed part for a page with scripts, the whole page again for one without."""
    if wants_fragment():
        return render(fragment, case=case, **context)
    return go(url_for("cases.show", case_id=case.id))
