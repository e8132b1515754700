"""Who is told that an import brought them leads: each once, however many."""

from collections.abc import Collection, Mapping
from datetime import datetime

from flask import url_for
from sqlalchemy import func, select

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.i18n import ngettext
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import VOID
from portal.people.rules import Actor
from portal.reminders.actions import notify
from portal.reminders.kinds import Kind
from portal.reminders.subjects import About, Subject

KINDS = (
    Kind("leads.imported", "work",
         lambda who, title: _("%(who)s imported leads for you: %(title)s", who=who, title=title),
         _l("Look at them"), "file-import"),
)


def tell_owners(actor: Actor, import_id: int, now: datetime) -> None:
    """Everybody but who imported."""
    owners = db.session.scalars(
        select(Lead.owner_id).where(Lead.import_id == import_id, Lead.owner_id.is_not(None))
        .distinct())
    subject = f"lead_import:{import_id}"
    notify({owner for owner in owners if owner is not None}, "leads.imported", subject, now,
           key=subject, actor_id=actor.id)


def _about(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    """What of an import is the reader's own."""
    query = (
        select(Lead.import_id, func.count())
        .where(Lead.import_id.in_(ids), Lead.owner_id == actor.id, Lead.status != VOID)
        .group_by(Lead.import_id)
    )
    return {
        import_id: About(ngettext("%(num)d lead", "%(num)d leads", count), leads_url(import_id))
        for import_id, count in db.session.execute(query) if import_id is not None
    }


def leads_url(import_id: int) -> str:
    """The list of what an import brought."""
    return url_for("board.lead_list", imported=import_id)


SUBJECTS = (Subject("lead_import", _about),)
