"""The link rate on the page of library health: numbers for everybody who reads the page, lists
only for who reads the records behind them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.cases.health.measures import Cell, Measure, number, share, word
from portal.cases.health.slices import Scope, months
from portal.core import access
from portal.core.i18n import gettext as _
from portal.leads.loop.meetings import all_meetings
from portal.leads.loop.queries.rate import deals_by_month
from portal.people.rules import Actor

Counts = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class _Sort:
    """Deals, or visits: how many, how many with a case, and where those without one are listed."""

    word: Any
    counts: Counts
    lacking: str


def link_rate(actor: Actor, scope: Scope) -> Measure | None:
    """Month by month: what ended, and what of it led to a case or was helped by one."""
    names = [f"{first:%Y-%m}" for first in months(scope.today)]
    sorts = _sorts(scope, names)
    every, linked = (sum(pair[at] for sort in sorts for pair in sort.counts) for at in (0, 1))
    link = _linker(actor, scope)
    rows = [_row(name, place, sorts, link) for place, name in enumerate(names)]
    return Measure(
        name="link_rate", title=_("Deals and visits that led to a case"), rows=rows,
        says=_("Counted are deals that were won, lost or abandoned and visits that took place: "
               "with a case recorded from them or used for them. Deals that are handled alone "
               "teach nobody."),
        answer=_("%(share)s of %(total)d in the last 12 months have a case.",
                 share=share(linked, every).text, total=every) if every else "",
        header=(_("Month"), *(head for sort in sorts for head in (
            sort.word, _("With a case"), _("Without")))), chart="",
        empty=_("Nothing has ended yet."),
    )


def _sorts(scope: Scope, names: Sequence[str]) -> list[_Sort]:
    deals = _Sort(_("Closed deals"), deals_by_month(scope.team_ids, names), "loop.without_case")
    met = (_Sort(each.word, each.monthly(scope.team_ids, names), each.lacking)
           for each in all_meetings())
    return [deals, *met]


def _row(
    name: str, place: int, sorts: Sequence[_Sort], link: Callable[[str, str], str | None]
) -> list[Cell]:
    cells = [word(name)]
    for sort in sorts:
        every, linked = sort.counts[place]
        cells += [number(every), share(linked, every),
                  number(every - linked, link(sort.lacking, name))]
    return cells


def _linker(actor: Actor, scope: Scope) -> Callable[[str, str], str | None]:
    """The addresses behind the numbers, for who sells: others see the numbers alone."""
    sells = access.allows(actor, "lead:use")

    def link(endpoint: str, month: str) -> str | None:
        if not sells:
            return None
        return url_for(endpoint, month=month, team=scope.team_id)

    return link
