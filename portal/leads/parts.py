"""What the sub-rooms add to the page of a lead: values for their part of the page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from portal.leads.closing.part import closing_part
from portal.leads.models import Lead
from portal.leads.pool.part import part as pool_part
from portal.leads.scoring.part import score_part
from portal.leads.stages.part import stage_part
from portal.people.rules import Actor

# `part(actor, lead)` gives what the template of that part (templates/leads/parts) shows, under
# names of its own.
Part = Callable[[Actor, Lead], Mapping[str, Any]]

PARTS: Sequence[Part] = (stage_part, score_part, pool_part, closing_part)


def parts_of(actor: Actor, lead: Lead) -> dict[str, Any]:
    """Everything that the parts of this page show."""
    return {name: value for part in PARTS for name, value in part(actor, lead).items()}
