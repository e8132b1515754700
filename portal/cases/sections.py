"""The sections of the library: one row of tabs on all of its pages.

A page of a room takes part with a row here and `{% include 'cases/_sections.html' %}` in its block
`subnav`; a row that is not for this person is left out.
"""

from collections.abc import Iterator

from flask import Flask, g

from portal.core.i18n import lazy_gettext as _l
from portal.core.tabs import ShownTab, Tab, shown

SECTIONS = (
    Tab(_l("All cases"), "cases.library"),
    Tab(_l("My cases"), "cases.of_person", "people:read", own=lambda: {"user_id": g.actor.id}),
    Tab(_l("My drafts"), "drafts.mine"),
    Tab(_l("Bookmarks"), "following.bookmarks", inside=("following.followed",)),
    Tab(_l("To verify"), "trust.overdue"),
    Tab(_l("To review"), "trust.review_queue", "case:review", inside=("trust.read",)),
    Tab(_l("Health"), "health.show", "health:read"),
    Tab(_l("Win & loss"), "analysis.show", inside=("analysis.cases",)),
)


def init_app(app: Flask) -> None:
    """Give the templates the row."""
    app.jinja_env.globals["library_sections"] = sections


def sections() -> Iterator[ShownTab]:
    """What this person finds in the library."""
    return shown(SECTIONS, {})
