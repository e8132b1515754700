"""The places of the portal that a person may go to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for

from portal.core import access
from portal.core.i18n import gettext as _
from portal.core.templating import Entry


@dataclass(frozen=True)
class Place:
    """An entry of the sidebar. Places of all rooms stand in the order of their numbers; those to
    `manage` the portal are a group of their own, at its end."""

    number: int
    label: Any
    endpoint: str
    icon: str
    permission: str = "portal:use"
    short_label: Any = None
    # Endpoints on which one is there, besides its own; one that ends with a dot means a whole room.
    inside: tuple[str, ...] = ()
    manage: bool = False

    def holds(self, endpoint: str) -> bool:
        """Whether somebody on this page is there."""
        rooms = tuple(name for name in self.inside if name.endswith("."))
        return endpoint in (self.endpoint, *self.inside) or endpoint.startswith(rooms)


def sidebar(places: Sequence[Place]) -> Iterable[Entry]:
    """The sidebar of the person who asks."""
    here, managing = request.endpoint or "", request.path.startswith("/manage/")
    open_to = [place for place in sorted(places, key=lambda place: place.number)
               if access.allows(g.get("actor"), place.permission)]
    entries = [
        Entry(place.label, url_for(place.endpoint), place.icon,
              place.holds(here) and not managing, short_label=place.short_label)
        for place in open_to if not place.manage
    ]
    manage = tuple(_managed(place for place in open_to if place.manage))
    if manage:
        entries.append(Entry(_("Manage"), manage[0].url, "settings",
                             any(entry.active for entry in manage), children=manage))
    return entries


def _managed(places: Iterable[Place]) -> Iterator[Entry]:
    """One is there on every page below its address."""
    for place in places:
        url = url_for(place.endpoint)
        yield Entry(place.label, url, place.icon, request.path.startswith(url))
