"""The check-first box: as a page of its own, and its answer for every page that shows the box."""

from flask import Blueprint, Response, g, request

from portal.core import access
from portal.core.render import render, wants_fragment
from portal.leads.checking import log
from portal.leads.checking.answering import Answer
from portal.leads.checking.answering import check as look
from portal.leads.checking.limiting import within_limit
from portal.leads.checking.reading import read

blueprint = Blueprint("checking", __name__)


@blueprint.get("/leads/check")
@access.requires("lead:use")
def check() -> Response:
    """Whose this company or number is, over everybody's customers."""
    typed = read(request.args.get("q", ""))
    if typed.problem:
        return _page(Answer(typed, ""))
    if not within_limit(g.actor.id):
        # The box stays, with what was typed, and says how to go on.
        return _page(Answer(typed, ""), 429, too_often=True)
    answer = look(g.actor, typed)
    log.remember(g.actor.id, answer, sent=not wants_fragment())
    return _page(answer)


def _page(answer: Answer, status: int = 200, *, too_often: bool = False) -> Response:
    return render("checking/check.html", "checking/_check-answer.html", status=status,
                  checked=answer, too_often=too_often)
