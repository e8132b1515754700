"""Keeping a view under a name, and dropping it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from portal.core import audit
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.extensions import db
from portal.leads.board import rules
from portal.leads.board.models import SavedView
from portal.people.rules import Actor


def save_view(
    actor: Actor, name: str, page: str, filters: Mapping[str, str], now: datetime
) -> SavedView:
    """Keep these filters; the same name takes the place of what was kept under it. Raises
    `Refused`."""
    name = line(name)
    if not name:
        raise Refused(_l("Give the view a name."))
    if len(name) > rules.LONGEST_NAME:
        raise Refused(_l("A name has at most %(most)d characters.", most=rules.LONGEST_NAME))
    view = db.session.scalar(
        select(SavedView).where(SavedView.person_id == actor.id, SavedView.name == name))
    if view is None:
        kept = db.session.scalar(
            select(func.count()).where(SavedView.person_id == actor.id)) or 0
        if kept >= rules.MOST_VIEWS:
            raise Refused(_l("You keep %(most)d views, which is the most. Drop one first.",
                             most=rules.MOST_VIEWS))
        view = SavedView(person_id=actor.id, name=name, created_at=now)
        db.session.add(view)
    view.page = page if page in rules.PAGES else rules.LIST
    view.filters = dict(filters)
    audit.record(actor.id, "view.saved", f"user:{actor.id}", now, name=name)
    return view


def drop_view(actor: Actor, view: SavedView, now: datetime) -> None:
    """Keep it no longer."""
    audit.record(actor.id, "view.dropped", f"user:{actor.id}", now, name=view.name)
    db.session.delete(view)
