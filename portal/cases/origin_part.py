"""What the page of a case shows of the record it comes from."""

from collections.abc import Mapping
from typing import Any

from portal.cases.models import Case
from portal.cases.origins import place_of
from portal.core.i18n import lazy_gettext as _l
from portal.people.rules import Actor

WORDS = {"lead": _l("From a deal:"), "visit": _l("From a visit:")}


def origin_part(actor: Actor, case: Case) -> Mapping[str, Any]:
    """The record as a link; None for whoever may not read it."""
    return {"origin_place": place_of(actor, case.source_ref),
            "origin_word": WORDS.get(case.source, _l("From:"))}
