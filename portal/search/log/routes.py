"""One's own searches, and the page of questions that nobody answers."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, flash, g, request, url_for

from portal.core import access, clock
from portal.core.downloads import csv_file
from portal.core.errors import Refused
from portal.core.i18n import gettext as _
from portal.core.paging import PER_PAGE, Page, page_number
from portal.core.render import flash_with_undo, go, here, render
from portal.search.log import actions, queries
from portal.search.log.queries.gaps import DAYS, SHOWN, SORTS
from portal.search.log.words import SHOWN_WORDS, SORT_WORDS, people_word, verdict_word
from portal.search.query import MAX_CHARACTERS
from portal.search.sources import Card, by_source

blueprint = Blueprint("search_log", __name__)
HISTORY = 20
USUAL_DAYS = 90
# A list longer than this is no list to work through.
EXPORTED = 5_000
WORST_RANK = 10_000


@blueprint.post("/search/opened")
@access.requires("portal:use")
def opened() -> Response:
    """A hit or a suggestion was chosen: which, and at which place."""
    ref, rank = request.form.get("ref", ""), request.form.get("rank", "")
    if not ref:
        raise Refused(_("Nothing was opened."))
    if not _cards({ref}):
        abort(404)
    place = int(rank) if rank.isascii() and rank.isdigit() and len(rank) < 6 else 0
    actions.open_hit(g.actor, request.form.get("q", ""), ref,
                     min(place, WORST_RANK) or None, clock.now())
    return Response(status=204)


@blueprint.get("/search/history")
@access.requires("portal:use")
def history() -> Response:
    """One's own recent searches, shown to nobody else."""
    return render("search/history.html", "search/_history.html",
                  searches=queries.recent(g.actor.id, HISTORY))


@blueprint.post("/search/history/clear")
@access.requires("portal:use")
def clear_history() -> Response:
    """What one searched is nobody's any more."""
    actions.clear_history(g.actor)
    flash(_("Your search history is cleared."), "success")
    return go(here(url_for("search_log.history")))


@blueprint.post("/search/history/forget")
@access.requires("portal:use")
def forget_one() -> Response:
    """The same for one question."""
    actions.forget_one(g.actor, request.form.get("q", ""))
    return go(here(url_for("search_log.history")))


@blueprint.get("/search/gaps")
@access.requires("gaps:read")
def gaps() -> Response:
    """Questions without an answer, to do something about."""
    chosen = _chosen()
    page = chosen.page(page_number())
    return render(
        "search/gaps.html", "search/_gaps.html", page=page, chosen=chosen, days=DAYS,
        cards=_cards({gap.ref for gap in page.items if gap.ref}),
        shown_words=SHOWN_WORDS, sort_words=SORT_WORDS, people_word=people_word,
    )


@blueprint.get("/search/gaps.csv")
@access.requires("gaps:read")
def export_gaps() -> Response:
    """The same list as a file."""
    found = _chosen().read(EXPORTED)
    rows: list[list[object]] = [[
        _("Question"), _("Times asked"), _("Asked by"), _("Last asked"), _("Most results"),
        _("State"),
    ]]
    rows += [[gap.text, gap.asked, people_word(gap.by_several), gap.last, gap.best,
              verdict_word(gap.verdict)] for gap in found.items]
    return csv_file(f"gaps-{clock.today().isoformat()}.csv", rows)


@blueprint.post("/search/gaps/dismiss")
@access.requires("gaps:read")
def dismiss_gap() -> Response:
    """Not a gap: off the list, until somebody restores it."""
    key = request.form.get("key", "")[:MAX_CHARACTERS]
    actions.dismiss(g.actor, key, clock.now())
    back = here(url_for("search_log.gaps"))
    flash_with_undo(_("Taken off the list."), url_for("search_log.restore_gap", key=key, next=back))
    return go(back)


@blueprint.post("/search/gaps/restore")
@access.requires("gaps:read")
def restore_gap() -> Response:
    """Back on the list."""
    key = (request.form.get("key") or request.args.get("key", ""))[:MAX_CHARACTERS]
    actions.restore(g.actor, key, clock.now())
    flash(_("Back on the list."), "success")
    return go(here(url_for("search_log.gaps")))


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed to, and its order."""

    show: str
    sort: str
    days: int

    def read(self, limit: int, offset: int = 0) -> queries.Gaps:
        return queries.gaps(clock.now(), self.days, self.show, self.sort,
                            limit=limit, offset=offset)

    def page(self, number: int) -> Page[queries.Gap]:
        """This page of the list; one past the end becomes the last one."""
        found = self.read(PER_PAGE, (number - 1) * PER_PAGE)
        if not found.items and number > 1:
            number = max(1, -(-self.read(1).total // PER_PAGE))
            found = self.read(PER_PAGE, (number - 1) * PER_PAGE)
        return Page(found.items, number, found.total, PER_PAGE)


def _chosen() -> Chosen:
    """What the address asks for; nonsense becomes the usual."""
    show, sort = request.args.get("show", ""), request.args.get("sort", "")
    days = {str(each): each for each in DAYS}
    return Chosen(show if show in SHOWN else SHOWN[0], sort if sort in SORTS else SORTS[0],
                  days.get(request.args.get("days", ""), USUAL_DAYS))


def _cards(refs: set[str]) -> dict[str, Card]:
    """Cards of those records that the person may read."""
    return {
        card.ref: card
        for source, ids in by_source(refs).items()
        for card in source.cards(g.actor, ids).values()
    }
