"""The case library as lists: all of it, one's own drafts, a person's, a team's."""

from typing import Any

from flask import Response, abort, g, request, url_for

from portal.cases import rules, words
from portal.cases.queries import cases as queries
from portal.cases.queries.lines import tag_words
from portal.cases.routes import blueprint
from portal.core import access, clock
from portal.core.i18n import LANGUAGES, current_language
from portal.core.i18n import gettext as _
from portal.core.paging import paginate
from portal.core.render import go, render, this_page
from portal.extensions import db
from portal.lists.queries import choices
from portal.people.models import User

LIST_FILTERS = ("stage", "industry", "product", "region")


@blueprint.get("/cases")
@access.requires("portal:use")
def library() -> Response:
    """All cases this person may read, narrowed by the filters in the address."""
    filters = _filters()
    page = paginate(queries.library(g.actor, filters, clock.today()))
    selects = _selects()
    return render(
        "cases/library.html", "cases/_list.html", page=page, filters=filters,
        selects=selects, chosen=_chosen(filters, selects), today=clock.today(), counted=True,
        sorts={"newest": _("Newest first"), "updated": _("Last changed"),
               "used": _("Most used")},
    )


@blueprint.get("/cases/drafts")
@access.requires("portal:use")
def drafts() -> Response:
    """The address under which one's drafts were known before."""
    return go(url_for("drafts.mine"))


@blueprint.get("/people/<int:user_id>/cases")
@access.requires("people:read")
def of_person(user_id: int) -> Response:
    """What a person contributed: part of their page, and a page of its own."""
    user = access.fetch(User, user_id, "people:read")
    page = paginate(
        queries.library(g.actor, queries.Filters(owner_id=user.id), clock.today())
    )
    return render(
        "cases/of_person.html", "cases/_of_person.html", person=user, page=page,
        sums=queries.contributed_by(user, g.actor), today=clock.today(),
    )


@blueprint.get("/teams/<int:team_id>/cases")
@access.requires("people:read")
def of_team(team_id: int) -> Response:
    """What a team and the teams below it contributed."""
    teams = g.actor.tree.subtree(team_id)
    if not teams:
        abort(404)
    page = paginate(
        queries.library(g.actor, queries.Filters(team_ids=teams), clock.today())
    )
    return render("cases/of_team.html", "cases/_of_team.html", team_id=team_id, page=page,
                  today=clock.today())


def _filters() -> queries.Filters:
    """What the address asks for; values that do not exist find nothing, not everything."""
    names = ("kind", "tag", "state", "confidence", "language", *LIST_FILTERS)
    values: dict[str, Any] = {name: request.args.get(name, "")[:64] for name in names}
    if values["confidence"] == "draft":
        values["confidence"] = ""
    owner = request.args.get("author", "")
    sort = request.args.get("sort", "newest")
    # Its name in links that people keep from before reuse was counted.
    sort = "used" if sort == "helped" else sort
    return queries.Filters(
        **values, sort=sort if sort in queries.SORTS else "newest",
        owner_id=int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 10 else None,
    )


def _selects() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The filter boxes: name, label, choices."""
    language = current_language()
    lists = {"stage": _("Stage"), "industry": _("Industry"), "product": _("Product"),
             "region": _("Region")}
    trust = ("validated", "not_validated", "overdue", "archived")
    return [
        ("kind", _("Kind"), [(kind, str(words.kind_word(kind))) for kind in rules.KINDS]),
        *((name, label, choices(name, language)) for name, label in lists.items()),
        ("state", _("State"), [(state, str(words.trust_word(state))) for state in rules.STATES]),
        ("confidence", _("Trust"), [(word, str(words.trust_word(word))) for word in trust]),
        ("language", _("Language"), list(LANGUAGES.items())),
    ]


def _chosen(
    filters: queries.Filters, selects: list[tuple[str, str, list[tuple[str, str]]]]
) -> list[tuple[str, str]]:
    """Every filter in force, with the address that lifts it: on a phone the boxes are folded."""
    found = [
        (name, word) for name, _label, options in selects for code, word in options
        if code == getattr(filters, name)
    ]
    if filters.tag:
        word = tag_words(g.actor, [filters.tag]).get(filters.tag, filters.tag)
        found.append(("tag", word))
    if filters.owner_id is not None:
        owner = db.session.get(User, filters.owner_id)
        found.append(("author", owner.name if owner else "?"))
    return [(label, _without(name)) for name, label in found]


def _without(name: str) -> str:
    rest = {key: value for key, value in request.args.items()
            if value and key not in (name, "page")}
    return this_page(rest)
