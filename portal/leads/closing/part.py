"""What the page of a lead shows of its end: how it ended, and what is still to be written."""

from collections.abc import Mapping
from typing import Any

from portal.core import access
from portal.leads.closing import rules
from portal.leads.closing.forms import ReasonForm
from portal.leads.closing.queries.endings import (
    is_written,
    last_ending,
    retrospective_of,
    waiver_of,
)
from portal.leads.models import Lead
from portal.people.rules import Actor


def closing_part(actor: Actor, lead: Lead) -> Mapping[str, Any]:
    """Values for `leads/parts/closing.html`."""
    kind = rules.RETROSPECTIVES.get(lead.status, "")
    ended = lead.status in rules.ENDINGS
    return {
        "ended": last_ending(lead) if ended else None,
        "may_close": lead.is_open and access.allows(actor, "lead:close", lead),
        "may_reopen": ended and access.allows(actor, "lead:reopen", lead),
        "retrospective_kind": kind,
        "retrospective": retrospective_of(actor, lead) if kind else None,
        "retrospective_written": bool(kind) and is_written(lead),
        "waiver": waiver_of(lead) if kind else None,
        "reopen_form": ReasonForm(formdata=None),
    }
