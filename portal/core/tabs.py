"""Rows of tabs over the pages of several rooms: a row names an endpoint and a permission."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request, url_for

from portal.core import access


@dataclass(frozen=True)
class Tab:
    """`inside` are further pages on which the tab is the active one."""

    label: Any
    endpoint: str
    permission: str = "portal:use"
    inside: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownTab:
    """A tab as the macro `tabs` wants it."""

    label: Any
    url: str
    active: bool


def shown(tabs: Sequence[Tab], values: Mapping[str, Any], row: Any = None) -> Iterator[ShownTab]:
    """The tabs whose page is there, and for this person; `values` fill the addresses."""
    for tab in tabs:
        if tab.endpoint in current_app.view_functions and _allowed(tab.permission, row):
            active = request.endpoint in (tab.endpoint, *tab.inside)
            yield ShownTab(tab.label, url_for(tab.endpoint, **values), active)


def _allowed(permission: str, row: Any) -> bool:
    of_row = access.policy()[permission].of_row
    return access.allows(g.get("actor"), permission, row if of_row else None)
