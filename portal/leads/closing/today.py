"""Retrospectives that wait for whoever owned the deal, as rows of the start page."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from portal.cases.origins import form_url
from portal.core import access
from portal.core.i18n import gettext as _
from portal.core.today import Pressing, Row
from portal.leads.closing.queries.endings import unwritten
from portal.leads.closing.rules import RETROSPECTIVES
from portal.leads.models import Lead
from portal.leads.rules import WON
from portal.leads.words import title_of
from portal.people.rules import Actor


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """One for each deal that ended."""
    if access.allows(actor, "lead:use"):
        yield from (_to_write(lead) for lead in unwritten(actor, now))


def _to_write(lead: Lead) -> Row:
    won = lead.status == WON
    return Row(
        pressing=Pressing.GO_ON, title=title_of(lead), since=lead.closed_at, who="",
        what=_("Won: write the retrospective") if won else _("Lost: write the retrospective"),
        open=url_for("leads.show", lead_id=lead.id), icon="trophy" if won else "mood-sad",
        tone="blue", action=_("Write"), key=f"retrospective:{lead.id}",
        target=form_url(RETROSPECTIVES[lead.status], lead.ref),
    )
