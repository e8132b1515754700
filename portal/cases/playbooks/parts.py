"""What the page of a case says of filling it in."""

from collections.abc import Mapping
from typing import Any

from portal.cases.models import Case
from portal.cases.playbooks.filling import fields
from portal.core.i18n import current_language
from portal.people.rules import Actor


def fill_part(actor: Actor, case: Case) -> Mapping[str, Any]:
    """The words to fill in; None for what is no playbook."""
    if case.kind != "playbook":
        return {"fill_fields": None}
    return {"fill_fields": fields(case.body, current_language())}
