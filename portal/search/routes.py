"""The results page, and suggestions while typing."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, Response, g, request, url_for

from portal.core import access
from portal.core.i18n import lazy_gettext as _l
from portal.core.paging import Page, page_number
from portal.core.render import render
from portal.search import find
from portal.search.log import models as log_models  # noqa: F401  (its tables)

blueprint = Blueprint("search", __name__)
PER_PAGE = 20
DEEPEST = 50
LONGEST = 800
FACET_WORDS = {
    "kind": _l("Kind"), "stage": _l("Stage"), "industry": _l("Industry"),
    "product": _l("Product"), "tag": _l("Tag"), "language": _l("Language"),
}
SORTS = {
    "relevance": _l("Best match"), "newest": _l("Newest first"), "oldest": _l("Oldest first"),
}


@blueprint.get("/search")
@access.requires("portal:use")
def results() -> Response:
    """Everything this person may find, with facets; the address can be shared."""
    # Longer than a query is read: the page says that only the beginning was used.
    text = request.args.get("q", "").strip()[:LONGEST]
    filters = {
        name: tuple(request.args.getlist(name)[:20])
        for name in find.FACETS if request.args.getlist(name)
    }
    sort = request.args.get("sort", "relevance")
    sort = sort if sort in SORTS else "relevance"
    found, page = _page_of(text, filters, sort, min(page_number(), DEEPEST))
    if page.number > page.pages:
        found, page = _page_of(text, filters, sort, page.pages)
    return render(
        "search/results.html", "search/_results.html", text=text, results=found, page=page,
        facet_words=FACET_WORDS, sorts=SORTS, sort=sort, filters=filters,
    )


def _page_of(
    text: str, filters: Mapping[str, tuple[str, ...]], sort: str, number: int
) -> tuple[find.Results, Page[find.Found]]:
    found = find.search(
        g.actor, text, filters=filters, limit=PER_PAGE, offset=(number - 1) * PER_PAGE,
        sort=sort, archive="archive" in request.args, since=_day("since"), until=_day("until"),
    )
    return found, Page(found.found, number, min(found.total, DEEPEST * PER_PAGE), PER_PAGE)


@blueprint.get("/search/suggest")
@access.requires("portal:use")
def suggest() -> Response:
    """Titles for what has been typed so far: options of the search box."""
    text = request.args.get("q", "").strip()[:200]
    return render(
        "search/_suggest.html", text=text, found=find.suggest(g.actor, text) if text else [],
        all_url=url_for("search.results", q=text),
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
