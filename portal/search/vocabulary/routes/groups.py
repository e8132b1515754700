"""The list of groups, and all of them as a text."""

from flask import Response, request, url_for

from portal.core import access
from portal.core.paging import PER_PAGE, Page, page_number
from portal.core.render import here, render
from portal.search.vocabulary import queries
from portal.search.vocabulary.routes import blueprint
from portal.search.vocabulary.words import STATE_TONES, STATE_WORDS

LONGEST_TEXT = 80


@blueprint.get("/manage/synonyms")
@access.requires("synonyms:manage")
def manage_synonyms() -> Response:
    """The groups, to find, edit and remove them."""
    text = request.args.get("q", "").strip()[:LONGEST_TEXT]
    state = request.args.get("state", "")
    state = state if state in queries.STATES else ""
    everything = queries.groups()
    page = _page_of(queries.matching(queries.of_state(everything, state), text))
    also = {
        group.id: queries.shared(everything, group.phrases, but=group.id)
        for group in page.items if not group.is_removed
    }
    return render(
        "search/manage_synonyms.html", "search/_synonyms.html", page=page, also=also, text=text,
        state=state, counts=queries.counts(everything), state_words=STATE_WORDS,
        state_tones=STATE_TONES,
    )


@blueprint.get("/manage/synonyms/synonyms.txt")
@access.requires("synonyms:manage")
def download_synonyms() -> Response:
    """Every group in force, one a line: the same form that is read when many are added."""
    lines = sorted(
        ", ".join(group.phrases) for group in queries.of_state(queries.groups(), "")
    )
    response = Response("\n".join([*lines, ""]), mimetype="text/plain")
    response.headers.set("Content-Disposition", "attachment", filename="synonyms.txt")
    return response


def list_url() -> str:
    """Where the editor came from, or the list."""
    return here(url_for("synonyms.manage_synonyms"))


def _page_of(found: list[queries.Group]) -> Page[queries.Group]:
    number = min(page_number(), max(1, -(-len(found) // PER_PAGE)))
    first = (number - 1) * PER_PAGE
    return Page(found[first : first + PER_PAGE], number, len(found))
