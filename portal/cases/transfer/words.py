"""The words of imports."""

from collections.abc import Mapping
from typing import Any

from portal.cases import words
from portal.cases.exchange.words import KINDS
from portal.core.i18n import lazy_gettext as _l

# Word and tone of each verdict of the rehearsal, and of what became of a record.
VERDICTS: Mapping[str, tuple[Any, str]] = {
    "new": (_l("New"), "green"), "update": (_l("Update"), "blue"),
    "alike": (_l("Like a known case"), "amber"), "unchanged": (_l("Unchanged"), "grey"),
    "error": (_l("Error"), "red"),
}
OUTCOMES: Mapping[str, tuple[Any, str]] = {
    "new": (_l("New"), "green"), "changed": (_l("Updated"), "blue"),
    "unchanged": (_l("Unchanged"), "grey"), "left": (_l("Left out"), "grey"),
    "failed": (_l("Not imported"), "red"), "waiting": (_l("Not begun"), "grey"),
}
STAGES: Mapping[str, tuple[Any, str]] = {
    "columns": (_l("Columns to be named"), "amber"),
    "rehearsing": (_l("Being rehearsed"), "blue"), "stopped": (_l("Rehearsal stopped"), "grey"),
    "rehearsed": (_l("Rehearsed, nothing written yet"), "amber"),
    "committing": (_l("Being written"), "blue"), "committed": (_l("Imported"), "green"),
    "reverting": (_l("Being taken back"), "blue"), "reverted": (_l("Taken back"), "grey"),
}
LISTS: Mapping[str, Any] = {
    "stage": _l("Stage"), "industry": _l("Industry"), "product": _l("Product"),
    "region": _l("Region"), "reason": _l("Reason"),
}


def field_words() -> dict[str, Any]:
    """What each field of a table is called."""
    return {
        "ref": _l("Reference"), "kind": _l("Kind"), "title": _l("Title"), "body": _l("Text"),
        "tags": _l("Tags"), **{name: LISTS[name] for name in ("stage", "industry", "product",
                                                              "region")},
        "audience": _l("Who may read it"), "team": _l("Team"), "source": _l("Source"),
        "author": _l("Author"), "created": _l("Recorded on"), "updated": _l("Last changed"),
        "confidence": _l("Trust"), "verified_until": _l("Verified until"),
        "amount_band": _l("Amount"), "cycle_days": _l("Cycle in days"),
        "competitors": _l("Competitors"), "stage_reached": _l("Stage reached"),
        "roles_reached": _l("Roles reached"), "main_reason": _l("Main reason"),
        "contributing_reasons": _l("Contributing reasons"), "price_gap": _l("Price gap in %"),
        "actions": _l("What decided it"), "repeat": _l("What to repeat"),
        "avoid": _l("What to avoid"),
    }


def kind_of_record(kind: str) -> Any:
    """A case's kind, solution or comment."""
    return next(iter(KINDS[kind]), kind) if kind in KINDS else words.kind_word(kind)
