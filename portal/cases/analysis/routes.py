"""The analysis page, the cases behind each of its numbers, and its workbook."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, g, request, url_for
from sqlalchemy.orm import selectinload

from portal.cases.analysis import counting, words
from portal.cases.analysis.filters import Filters, parse
from portal.cases.analysis.reading import Reading, read, teams_offered
from portal.cases.analysis.sheets import sheets
from portal.cases.analysis.summary import sentences
from portal.cases.models import Case
from portal.cases.queries.cases import visible_to
from portal.core import access, clock
from portal.core.downloads import excel_file
from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.paging import PER_PAGE, Page, page_number
from portal.core.render import render, this_page
from portal.extensions import db
from portal.lists.queries import choices

blueprint = Blueprint("analysis", __name__)
Options = list[tuple[str, str]]


@blueprint.get("/analysis")
@access.requires("portal:use")
def show() -> Response:
    """Why deals are won and lost, over what this person may read."""
    teams = _teams()
    reading = read(g.actor, _filters(teams))
    overview = reading.overview(url_for("analysis.cases"))
    return render(
        "analysis/show.html", "analysis/_analysis.html", reading=reading,
        tables=list(overview.tables()) if reading.facts else [],
        sentences=list(sentences(reading.sides, reading.sides_before)),
        **_around(reading.filters, reading, teams),
    )


@blueprint.get("/analysis/cases")
@access.requires("portal:use")
def cases() -> Response:
    """Exactly the cases that a number of the analysis counted."""
    teams = _teams()
    reading = read(g.actor, _filters(teams), compare=False)
    return render(
        "analysis/cases.html", "analysis/_cases.html", page=_page(reading),
        today=clock.today(), **_around(reading.filters, reading, teams),
    )


@blueprint.get("/analysis/export")
@access.requires("portal:use")
def export() -> Response:
    """Every table, and the cases with all their facts, as a workbook."""
    reading = read(g.actor, _filters(_teams()))
    overview = reading.overview(url_for("analysis.cases"), whole=True)
    name = _("Win & loss")
    name = f"{name} {clock.today().isoformat()}.xlsx"
    return excel_file(name, sheets(overview.tables(), g.actor, reading.newest_first))


def _teams() -> dict[int, str]:
    return teams_offered(g.actor, access.allows(g.actor, "analysis:by_team"))


def _filters(teams: Mapping[int, str]) -> Filters:
    return parse(request.args, clock.today(), teams)


def _page(reading: Reading) -> Page[Case]:
    ids = reading.newest_first
    number = min(page_number(), max(1, -(-len(ids) // PER_PAGE)))
    some = ids[(number - 1) * PER_PAGE : number * PER_PAGE]
    query = visible_to(g.actor).where(Case.id.in_(some)).options(selectinload(Case.tags))
    found = {case.id: case for case in db.session.scalars(query).unique()} if some else {}
    return Page([found[case_id] for case_id in some if case_id in found], number, len(ids))


def _around(filters: Filters, reading: Reading, teams: Mapping[int, str]) -> dict[str, Any]:
    """What stands above the numbers: the boxes, and what was chosen."""
    return {
        "filters": filters, "span": words.span(filters.period), "boxes": _boxes(reading, teams),
        "periods": words.PERIODS, "chosen": _chosen(reading, teams), "here": this_page,
    }


def _boxes(reading: Reading, teams: Mapping[int, str]) -> list[tuple[str, str, str, Options]]:
    """Name, label, present value and choices of each box."""
    language, filters = current_language(), reading.filters
    named = counting.counts(reading.all, "competitor")
    rivals = [value for value in counting.in_order(named) if value != counting.UNSAID]
    options: dict[str, Options] = {
        "outcome": [(code, str(label)) for code, label in words.OUTCOMES.items()],
        **{name: choices(name, language) for name in ("product", "industry", "region")},
        "competitor": [(key, reading.spellings.get(key, key)) for key in rivals],
        "stage": choices("stage", language),
        "amount": [(code, str(label)) for code, label in words.FIXED["amount"].items()],
    }
    boxes = [(name, str(words.NAMES[name]), filters.value(name), found)
             for name, found in options.items()]
    if teams:
        offered = [(str(team), label) for team, label in teams.items()]
        boxes.append(("team", _("Team"), str(filters.team or ""), offered))
    return boxes


def _chosen(reading: Reading, teams: Mapping[int, str]) -> Options:
    """Every condition in force with the address that lifts it."""
    filters = reading.filters
    found = []
    for name, value in filters.wanted:
        label = f"{words.NAMES[name]}: {words.word(name, value, reading.spellings)}"
        found.append((label, _with(filters.without(name, value))))
    if filters.team is not None:
        rest = filters.without("team", str(filters.team))
        word = _("Team")
        found.append((f"{word}: {teams[filters.team]}", _with(rest)))
    return found


def _with(arguments: Options) -> str:
    values: dict[str, list[str]] = {}
    for name, value in arguments:
        values.setdefault(name, []).append(value)
    return this_page(values)
