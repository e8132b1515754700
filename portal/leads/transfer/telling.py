"""Who is told that an import brought them leads: each once, however many."""

from collections.abc import Collection, Mapping
from datetime import datetime

from flask import url_for
from sqlalchemy import func, select

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.core.i18n import ngettext
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.rules import VOID
from portal.leads.transfer.models import LeadImport
from portal.people.rules import Actor
from portal.reminders.actions import notify
from portal.reminders.kinds import Kind
from portal.reminders.subjects import About, Subject
from portal.tasks.events import TaskFinished

KINDS = (
    Kind("leads.imported", "work",
         lambda who, title: _("%(who)s imported leads for you: %(title)s", who=who, title=title),
         _l("Look at them"), "file-import"),
)


def tell_of_import(event: TaskFinished) -> None:
    """One notice for each person, however many leads there are and however it ended: what came in
    before it was stopped is theirs as well."""
    found = db.session.execute(
        select(LeadImport.person_id, LeadImport.id).where(LeadImport.commit_id == event.task_id)
    ).one_or_none()
    if found is not None:
        tell_owners(*found, clock.now())


def tell_owners(importer_id: int, import_id: int, now: datetime) -> None:
    """Everybody but who imported."""
    owners = db.session.scalars(
        select(Lead.owner_id).where(Lead.import_id == import_id, Lead.owner_id.is_not(None))
        .distinct())
    subject = f"lead_import:{import_id}"
    notify({owner for owner in owners if owner is not None}, "leads.imported", subject, now,
           key=subject, actor_id=importer_id)


def _about(actor: Actor, ids: Collection[int]) -> Mapping[int, About]:
    """What of an import is the reader's own."""
    query = (
        select(LeadImport.id, LeadImport.name, func.count())
        .join(Lead, Lead.import_id == LeadImport.id)
        .where(LeadImport.id.in_(ids), Lead.owner_id == actor.id, Lead.status != VOID)
        .group_by(LeadImport.id, LeadImport.name)
    )
    return {
        import_id: About(
            ngettext("%(num)d lead from the table “%(name)s”",
                     "%(num)d leads from the table “%(name)s”", count, name=name),
            leads_url(import_id, owner="me"))
        for import_id, name, count in db.session.execute(query)
    }


def leads_url(import_id: int, owner: str | None = None) -> str:
    """The list of what an import brought, all or the owner's."""
    return url_for("board.lead_list", imported=import_id, owner=owner)


SUBJECTS = (Subject("lead_import", _about),)
