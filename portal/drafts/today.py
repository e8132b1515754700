"""What one has begun to write, as rows of the start page."""

from collections.abc import Iterator
from datetime import datetime

from portal.core.i18n import gettext as _
from portal.core.today import Pressing, Row
from portal.drafts import queries, writings
from portal.people.rules import Actor

MOST = 20


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """The newest first: that is what people were at."""
    begun = queries.rows(queries.open_drafts(actor).limit(MOST))
    for line in writings.shown(actor, begun)[:MOST]:
        yield Row(
            pressing=Pressing.GO_ON, what=_("Your draft"), title=line.title, open=line.go_on,
            who="", since=line.saved_at, icon="pencil", tone="grey", action=_("Continue"),
            target=line.go_on, key=f"draft:{line.subject or line.key}",
        )
