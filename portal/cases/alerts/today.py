"""Difficulty alerts on the start page: of whoever is to answer, and of who asks."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from portal.cases.alerts import queries, words
from portal.cases.alerts.models import Alert
from portal.core.i18n import gettext as _
from portal.core.today import Pressing, Row
from portal.extensions import db
from portal.people.rules import Actor
from portal.workdays.queries import calendar


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """Those to be answered first, the one with the least time left on top."""
    found = db.session.scalars(queries.waiting_for(actor)).all()
    if not found:
        return
    work = calendar()
    for alert in found:
        left = words.left_word(words.hours_left(alert, work, now))
        if alert.asker.id == actor.id:
            yield _own(alert, left)
        else:
            yield _to_answer(actor, alert, left)


def _to_answer(actor: Actor, alert: Alert, left: str) -> Row:
    url = url_for("cases.show", case_id=alert.case_id)
    handed = alert.handed_to if alert.handed_to_id not in (None, actor.id) else None
    what = _("Difficulty alert: %(left)s", left=left)
    if handed is not None:
        what = _("Difficulty alert with %(name)s: %(left)s", name=handed.name, left=left)
    return Row(
        pressing=Pressing.ALARM, what=what, title=alert.case.title, open=url,
        who=alert.asker.name, since=alert.raised_at, icon="bell-ringing", tone="red",
        action=_("Answer"), target=f"{url}#alert", key=f"answer:{alert.case_id}",
    )


def _own(alert: Alert, left: str) -> Row:
    url = url_for("cases.show", case_id=alert.case_id)
    waits_for = alert.waits_for
    what = _("Your alert waits for %(name)s: %(left)s", name=waits_for.name, left=left) \
        if waits_for else _("Your alert waits for a manager; nobody leads you yet")
    return Row(
        pressing=Pressing.GO_ON, what=what, title=alert.case.title, open=url, who="",
        since=alert.raised_at, icon="bell-ringing", tone="amber", action=_("Open the case"),
        target=f"{url}#alert", key=f"alert:{alert.id}",
    )
