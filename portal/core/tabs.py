"""Rows of tabs over the pages of several rooms: a row names an endpoint and a permission."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for

from portal.core import access


@dataclass(frozen=True)
class Tab:
    """`inside` are further pages on which the tab is the active one; `own` gives what the address
    needs besides what all tabs of the row share, and then the tab is active for that only."""

    label: Any
    endpoint: str
    permission: str = "portal:use"
    inside: tuple[str, ...] = ()
    own: Callable[[], Mapping[str, Any]] = dict


@dataclass(frozen=True)
class ShownTab:
    """A tab as the macro `tabs` wants it."""

    label: Any
    url: str
    active: bool


def shown(tabs: Sequence[Tab], values: Mapping[str, Any], row: Any = None) -> Iterator[ShownTab]:
    """The tabs that are for this person; `values` fill the addresses."""
    for tab in tabs:
        if _allowed(tab.permission, row):
            own = tab.own()
            here = own.items() <= (request.view_args or {}).items()
            active = request.endpoint in tab.inside or (request.endpoint == tab.endpoint and here)
            yield ShownTab(tab.label, url_for(tab.endpoint, **values, **own), active)


def _allowed(permission: str, row: Any) -> bool:
    of_row = access.policy()[permission].of_row
    return access.allows(g.get("actor"), permission, row if of_row else None)
