"""Drafts in the forms of the library: filled in again, offered, sent once, with their files."""

from collections.abc import Collection, Mapping
from typing import Any, TypedDict, TypeVar

from flask import Response, flash, g, request, url_for
from sqlalchemy import exists, select

from portal.cases.actions import attachments
from portal.cases.forms import CommentForm, RevisedForm, SolutionForm
from portal.cases.models import Attachment, Case, Comment, Solution
from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.render import go
from portal.drafts import queries, writings
from portal.drafts import web as drafts
from portal.drafts.actions import Sent
from portal.drafts.models import Draft
from portal.drafts.web import DraftFields
from portal.extensions import db

Form = TypeVar("Form", bound=RevisedForm)
# What stands under a case, by the word of its ref.
TEXTS: Mapping[str, type[Solution] | type[Comment]] = {"solution": Solution, "comment": Comment}


class Texts(TypedDict):
    """The two forms under a case, and what their hidden fields say."""

    solution_form: SolutionForm
    comment_form: CommentForm
    solution_draft: DraftFields
    comment_draft: DraftFields


def filled(form_class: type[Form], fields: DraftFields) -> Form:
    """The form as it was left, right or wrong; empty when nothing was kept."""
    return form_class(formdata=fields.fields if fields.draft else None, meta={"csrf": False})


def begun(forms: Collection[str], but: str = "") -> list[writings.Shown]:
    """What one has begun in such forms, to be offered."""
    return [line for line in writings.lines(g.actor, queries.of_forms(g.actor, forms))
            if line.key != but]


def texts_under(
    case: Case, solution_form: SolutionForm | None, comment_form: CommentForm | None
) -> Texts:
    """The forms under a case; each opens with what one has begun to write in it."""
    names = f"solution-to:{case.id}", f"comment-on:{case.id}"
    found = {each.form: each for each in reversed(queries.of_forms(g.actor, names))}
    solution, comment = (
        drafts.draft_of(name, adopt=found.get(name) if given is None else None)
        for name, given in zip(names, (solution_form, comment_form), strict=True)
    )
    return {
        "solution_form": solution_form or filled(SolutionForm, solution),
        "comment_form": comment_form or filled(CommentForm, comment),
        "solution_draft": solution, "comment_draft": comment,
    }


def as_sent(before: Sent, anchor: str | None = None) -> Response:
    """It arrived already: the record that came of it, and what differs from it among the drafts."""
    if before.kept is not None:
        flash(_("This was sent already. What you have typed since differs: it is kept among your "
                "drafts."), "warning")
    prefix, _colon, number = before.ref.partition(":")
    if prefix in TEXTS:
        text: Any = db.session.get_one(TEXTS[prefix], int(number))
        # Where it stands now: its case may have been merged since.
        return go(url_for("cases.show", case_id=text.case_id, _anchor=f"{prefix}-{number}"))
    return go(url_for("cases.show", case_id=int(number), _anchor=anchor))


def take_files(case: Case, text: str | None) -> int:
    """Give the case the files that were kept for this form; how many. A file that the text names
    may have been kept for the same text in another window."""
    draft = queries.by_key(g.actor, request.form.get("draft_key", ""))
    kept_for = [draft] if draft else []
    if draft and text and attachments.LINK.search(text):
        kept_for += [each for each in _with_files() if each.id != draft.id]
    taken = [attachments.take_over(g.actor, each, case, clock.now(), text) for each in kept_for]
    return sum(map(len, taken))


def _with_files() -> list[Draft]:
    """One's own drafts that files were kept for."""
    waits = exists().where(Attachment.draft_id == Draft.id, Attachment.case_id.is_(None),
                           Attachment.removed_at.is_(None))
    return queries.rows(select(Draft).where(Draft.person_id == g.actor.id, waits))
