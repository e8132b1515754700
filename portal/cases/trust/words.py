"""The words for flags, their answers, and the tabs of the review queue."""

from typing import Any

from portal.core.i18n import lazy_gettext as _l

FLAGS: dict[str, Any] = {
    "outdated": _l("Out of date"), "wrong": _l("Wrong"), "duplicate": _l("Duplicate"),
    "private": _l("Names a customer or is too private"), "other": _l("Something else"),
}
RESOLUTIONS: dict[str, Any] = {
    "fixed": _l("Fixed"), "right": _l("It is right as it stands"), "archived": _l("Archived"),
    "merged": _l("Merged"), "taken_back": _l("Taken back"),
}
TABS: dict[str, Any] = {
    "new": _l("Not validated"), "flagged": _l("Flagged"), "overdue": _l("Overdue"),
    "changed": _l("Changed since"), "in_vain": _l("Did not help"),
}
FACTS: dict[str, Any] = {
    "price_gap": _l("Price gap"), "competitors": _l("Competitors"), "amount_band": _l("Amount"),
    "main_reason": _l("Main reason"),
}


def flag_word(reason: str) -> Any:
    return FLAGS.get(reason, reason)


def resolution_word(resolution: str) -> Any:
    return RESOLUTIONS.get(resolution, resolution)


def fact_words(names: str) -> list[str]:
    """The changed facts that a step names, in words."""
    return [str(FACTS.get(name, name)) for name in names.split()]
