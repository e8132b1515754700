"""What the pages of leads offer to narrow them by, and what is chosen now."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import g, request

from portal.core.i18n import current_language
from portal.core.i18n import gettext as _
from portal.core.render import this_page
from portal.extensions import db
from portal.leads.board import rules
from portal.leads.queries.filters import MINE, POOL, LeadFilters
from portal.leads.stages.queries.stage_map import stage_map
from portal.leads.teams import led_teams, scope
from portal.leads.words import STATUSES
from portal.lists.queries import choices
from portal.people.models import User

Choices = list[tuple[str, str]]
Select = tuple[str, str, Choices]
SCORES = ("70", "50")
DAYS = ("7", "14", "30", "60")


def asked() -> tuple[LeadFilters, str]:
    """The filters and the order of the address. Who says nothing of whose leads sees their own,
    who leads others theirs."""
    filters, sort = LeadFilters.from_args(request.args), request.args.get("sort", "")
    if not any(name in request.args for name in ("owner", "team", "imported")):
        whose = scope(g.actor, None)
        filters = replace(filters, owner=whose.owner, team=whose.team)
    return filters, sort if sort in rules.SORTS else rules.ACTIVITY


def address_of(filters: LeadFilters, sort: str) -> dict[str, str]:
    """What the address says of this list; everybody's leads are told apart from one's own."""
    kept = filters.as_args()
    if "owner" not in kept and "team" not in kept:
        kept["owner"] = "all"
    return {**kept, **({"sort": sort} if sort != rules.ACTIVITY else {})}


def whose_tabs(filters: LeadFilters, sort: str) -> list[dict[str, Any]]:
    """One's own, those of each team one leads, and all one may read."""
    rest = {name: value for name, value in address_of(filters, sort).items()
            if name not in ("owner", "team")}
    offered: list[tuple[str, dict[str, str], bool]] = [
        (_("Mine"), {"owner": MINE}, filters.owner == MINE)]
    offered += [(name, {"team": str(team)}, filters.team == team)
                for team, name in list(led_teams(g.actor).items())[:4]]
    everything = not filters.owner and filters.team is None
    offered.append((_("All I may read"), {"owner": "all"}, everything))
    return [{"label": label, "url": this_page({**rest, **whose}), "active": active}
            for label, whose, active in offered]


def selects(*, board: bool = False) -> list[Select]:
    """The boxes: name, label, choices. A board shows every stage, and open leads alone."""
    language = current_language()
    lists = [
        (name, label, choices(name, language)) for name, label in (
            ("product", _("Product")), ("channel", _("Channel")), ("industry", _("Industry")),
            ("region", _("Region")))
    ]
    more: list[Select] = [
        ("score_from", _("Score"), [(each, _("%(points)s and more", points=each))
                                    for each in SCORES]),
        ("idle", _("Nothing was done"), [(each, _("for %(days)s days", days=each))
                                         for each in DAYS]),
        ("due", _("Next step"), [("1", _("overdue"))]),
    ]
    if board:
        return [*lists, *more]
    status = [(code, str(word)) for code, (word, _tone) in STATUSES.items() if code != "open"]
    return [
        ("status", _("Open deals"), [*status, ("all", _("All but void ones"))]),
        ("stage", _("Stage"), [(each.code, each.words.in_(language)) for each in stage_map()]),
        *lists, *more,
    ]


def chosen(filters: LeadFilters, sort: str, boxes: list[Select]) -> list[tuple[str, str]]:
    """Every filter in force, with the address that lifts it: on a phone the boxes are folded."""
    wanted = address_of(filters, sort)
    found = [(name, word) for name, _label, options in boxes for code, word in options
             if code == wanted.get(name)]
    found += [(name, wanted[name]) for name in ("text", "created", "closed") if name in wanted]
    if filters.owner == POOL:
        found.append(("owner", _("In the pool")))
    elif filters.owner not in ("", MINE):
        person = db.session.get(User, int(filters.owner))
        found.append(("owner", person.name if person else "?"))
    if filters.imported is not None:
        found.append(("imported", _("Import %(number)d", number=filters.imported)))
    return [(label, _without(wanted, name)) for name, label in found]


def _without(wanted: Mapping[str, str], name: str) -> str:
    rest = {key: value for key, value in wanted.items() if key != name}
    return this_page({**rest, **({"owner": MINE} if name == "owner" else {})})
