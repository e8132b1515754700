"""Trying out what a query is also searched for."""

from flask import Response, g, request

from portal.core import access
from portal.core.render import render
from portal.search.query import MAX_CHARACTERS
from portal.search.vocabulary.routes import blueprint
from portal.search.vocabulary.trial import try_out


@blueprint.get("/manage/synonyms/try")
@access.requires("synonyms:manage")
def try_synonyms() -> Response:
    """Which phrases stand in for those of a query, and how many cases each finds."""
    text = request.args.get("try", "").strip()[:MAX_CHARACTERS]
    return render("search/try_synonyms.html", "search/_synonym_trial.html",
                  trial=try_out(g.actor, text) if text else None, tried=text)
