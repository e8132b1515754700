"""What one has begun to write, as rows of the start page."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from portal.core.i18n import gettext as _
from portal.core.today import Pressing, Row
from portal.drafts import queries, writings
from portal.people.rules import Actor

# So many stand by themselves; the others are one row, or they would bury what others wait for.
MOST = 3


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """The newest first: that is what people were at."""
    lines = writings.shown(actor, queries.rows(queries.open_drafts(actor).limit(MOST + 1)))
    for line in lines[:MOST]:
        yield _row(line.title, line.go_on, line.saved_at, _("Continue"),
                   f"draft:{line.subject or line.key}")
    if len(lines) > MOST:
        yield _row(_("More drafts"), url_for("drafts.mine"), None, _("Open the list"), "drafts")


def _row(title: str, target: str, since: datetime | None, action: str, key: str) -> Row:
    return Row(
        pressing=Pressing.GO_ON, what=_("Your draft"), title=title, open=target, who="",
        since=since, icon="pencil", tone="grey", action=action, target=target, key=key,
    )
