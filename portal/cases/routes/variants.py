"""A solution or comment that grows out of what somebody began to write as a case of its own."""

from typing import TypedDict

from flask import flash, g, request

from portal.cases import rules
from portal.cases.actions.cases import archive_case
from portal.cases.forms import CommentForm, SolutionForm
from portal.cases.models import Case
from portal.cases.queries import cases as queries
from portal.cases.queries.talk import attachments_of
from portal.core import clock
from portal.core.i18n import gettext as _
from portal.extensions import db


class BegunForms(TypedDict, total=False):
    """The form under a case that opens with a text in it."""

    solution_form: SolutionForm
    comment_form: CommentForm


def begun_forms(case: Case) -> BegunForms:
    """The form that the address fills: from one's own `draft`, or from a `title` alone."""
    draft = _own_draft(request.args.get("draft", ""))
    title = request.args.get("title", "")[: rules.LONGEST_TITLE]
    if draft is not None:
        words = queries.own_words(draft.kind, draft.body)
        begun = {"body": f"{draft.title}\n\n{words}".strip(), "draft": str(draft.id)}
    elif title:
        begun = {"body": f"{title}\n\n"}
    else:
        return {}
    if case.kind == "problem":
        return {"solution_form": SolutionForm(formdata=None, data=begun)}
    return {"comment_form": CommentForm(formdata=None, data=begun)}


def use_up(number: str | None) -> None:
    """The draft that became an answer leaves one's lists; one that holds more stays, and is
    spoken of."""
    draft = _own_draft(number or "")
    if draft is None:
        return
    if draft.content.holds_only_words and not attachments_of(draft):
        archive_case(g.actor, draft, clock.now())
    else:
        flash(_("Your draft “%(title)s” stays, because it holds more than a text.",
                title=draft.title), "info")


def _own_draft(number: str) -> Case | None:
    """One's own draft with this id, as an address or a form gives it."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    draft = db.session.get(Case, int(number))
    mine = draft is not None and draft.owner_id == g.actor.id and draft.confidence == "draft"
    return draft if mine else None
