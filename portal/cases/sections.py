"""The sections of the library: one row of tabs on all of its pages.

A page of a room takes part with a row here and `{% include 'cases/_sections.html' %}` in its block
`subnav`; a row whose page is not there, or not for this person, is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for

from portal.core import access
from portal.core.i18n import lazy_gettext as _l


@dataclass(frozen=True)
class Section:
    """`inside` are further pages on which the tab is the active one."""

    label: Any
    endpoint: str
    permission: str = "portal:use"
    inside: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        about_me = {"user_id": g.actor.id} if self.endpoint == "cases.of_person" else {}
        return url_for(self.endpoint, **about_me)

    @property
    def active(self) -> bool:
        mine = self.endpoint != "cases.of_person" or request.path == self.url
        return request.endpoint in (self.endpoint, *self.inside) and mine


SECTIONS = (
    Section(_l("All cases"), "cases.library"),
    Section(_l("My cases"), "cases.of_person", "people:read"),
    Section(_l("My drafts"), "drafts.mine"),
    Section(_l("Bookmarks"), "following.bookmarks", inside=("following.followed",)),
    Section(_l("To verify"), "trust.overdue"),
    Section(_l("To review"), "trust.review_queue", "case:review", inside=("trust.read",)),
    Section(_l("Health"), "health.show", "health:read"),
    Section(_l("Win & loss"), "analysis.show", inside=("analysis.cases",)),
)


def init_app(app: Flask) -> None:
    """Give the templates the row."""
    app.jinja_env.globals["library_sections"] = sections


def sections() -> Iterator[Section]:
    """What this person finds in the library."""
    for section in SECTIONS:
        if section.endpoint in current_app.view_functions and access.allows(
            g.get("actor"), section.permission
        ):
            yield section
