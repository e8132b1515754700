"""What the forms for new leads share: what came of them before, what was begun, whether they are
complete."""

from flask import Response, flash, g, url_for

from portal.core.i18n import gettext as _
from portal.core.render import go
from portal.drafts import queries, writings
from portal.drafts.actions import Sent
from portal.leads.forms import COLLEAGUE, OwnerFields
from portal.people.choosing import colleague_of

PLACES = {"lead": ("leads.show", "lead_id"), "claim": ("claims.show", "claim_id")}


def as_sent(before: Sent) -> Response:
    """The record that came of it, and what differs from it among the drafts."""
    if before.kept is not None:
        flash(_("This was sent already. What you have typed since differs: it is kept among your "
                "drafts."), "warning")
    prefix, _colon, number = before.ref.partition(":")
    endpoint, name = PLACES[prefix]
    return go(url_for(endpoint, **{name: int(number)}))  # type: ignore[arg-type]


def begun(form: str, but: str) -> list[writings.Shown]:
    """What one has begun in such a form, to be offered; `but` is the key of the one shown."""
    return [line for line in writings.lines(g.actor, queries.of_forms(g.actor, [form]))
            if line.key != but]


def is_ready(form: OwnerFields) -> bool:
    """Whether everything can be, and it is clear whose it will be."""
    if form.owner.data == COLLEAGUE:
        return colleague_of(g.actor, form) is not None
    return bool(form.validate())
