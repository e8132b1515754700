"""What the rooms of the library add to the page of a case: values for their part of the page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from portal.cases.alerts.part import part as alert_part
from portal.cases.following.parts import follow_part
from portal.cases.models import Case
from portal.cases.origin_part import origin_part
from portal.cases.playbooks.parts import fill_part
from portal.cases.trust.parts import part as trust_part
from portal.people.rules import Actor

# `part(actor, case)` gives what the template of that part shows, under names of its own.
Part = Callable[[Actor, Case], Mapping[str, Any]]

PARTS: Sequence[Part] = (trust_part, alert_part, follow_part, fill_part, origin_part)


def parts_of(actor: Actor, case: Case) -> dict[str, Any]:
    """Everything that the parts of this page show."""
    return {name: value for part in PARTS for name, value in part(actor, case).items()}
