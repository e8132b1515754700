"""The results page, and suggestions while typing."""

from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request, url_for

from portal.core import access
from portal.core.i18n import lazy_gettext as _l
from portal.core.paging import Page, page_number
from portal.core.render import render
from portal.search import find
from portal.search.engine import Sort
from portal.search.log import recorder
from portal.search.query import Note
from portal.search.sources import is_by_name, scopes

blueprint = Blueprint("search", __name__)
PER_PAGE = 20
DEEPEST = 50
LONGEST = 800
MOST_CHOSEN = 20
SORTS: dict[Sort, str] = {
    "relevance": _l("Best match"), "newest": _l("Newest first"), "oldest": _l("Oldest first"),
}


@blueprint.get("/search")
@access.requires("portal:use")
def results() -> Response:
    """Everything this person may find, with facets; the address can be shared."""
    question = _question()
    found, page = _page_of(question, min(page_number(), DEEPEST))
    if page.number > page.pages:
        found, page = _page_of(question, page.pages)
    _remember_sent(question, found, page.number)
    nothing = not found.total and not found.broken
    return render(
        "search/results.html", "search/_results.html", question=question, text=question.text,
        results=found, page=page, orders=_orders(question), notes=(*found.notes, *_unread_days()),
        ways=find.ways_on(g.actor, question) if nothing else [],
        related=find.related(g.actor, found.query) if nothing else [],
    )


def _orders(question: find.Question) -> dict[Sort, str]:
    """The orders that differ: names have one of their own, and without words nothing fits best."""
    if is_by_name(question.scope):
        return {}
    return {code: word for code, word in SORTS.items()
            if code != "relevance" or question.query.words}


def _remember_sent(question: find.Question, found: find.Results, number: int) -> None:
    """Keep the question once; what an index under repair does not find is no gap."""
    if number == 1 and not found.broken:
        total = max(found.total, sum(found.scopes.values()))
        recorder.remember(g.actor.id, question.text, total, "results", question.is_narrowed)


def _question() -> find.Question:
    """What the address asks."""
    asked = request.args
    sort = asked.get("sort", "")
    scope = asked.get("scope", "")
    return find.Question(
        # Longer than a query is read: the page says that only the beginning was used.
        text=asked.get("q", "").strip()[:LONGEST],
        filters={
            name: tuple(asked.getlist(name)[:MOST_CHOSEN])
            for name in find.FACETS if asked.getlist(name)
        },
        sort=next((each for each in SORTS if each == sort), "relevance"),
        archive="archive" in asked, since=_day("since"), until=_day("until"),
        scope=scope if scope in scopes(g.actor) else "library",
    )


def _page_of(question: find.Question, number: int) -> tuple[find.Results, Page[find.Found]]:
    found = find.ask(
        g.actor, question, limit=PER_PAGE, offset=(number - 1) * PER_PAGE, with_places=True
    )
    return found, Page(found.found, number, min(found.total, DEEPEST * PER_PAGE), PER_PAGE)


@blueprint.get("/search/suggest")
@access.requires("portal:use")
def suggest() -> Response:
    """What the box offers for what has been typed so far."""
    text = request.args.get("q", "").strip()[:200]
    address = url_for("search.results")
    offered = find.suggest(g.actor, text)
    if text:
        total = sum(map(len, (offered.titles, offered.tags, offered.people, offered.customers)))
        recorder.remember(g.actor.id, text, total, "typing", narrowed=False)
    return render(
        "search/_suggest.html", text=text, suggestions=offered,
        to_results=lambda **asked: f"{address}?{urlencode(asked)}",
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _unread_days() -> list[Note]:
    """Days in the address that are none."""
    return [
        Note("bad_date", written[:40]) for name in ("since", "until")
        if (written := request.args.get(name, "")) and _day(name) is None
    ]
