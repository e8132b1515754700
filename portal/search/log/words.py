"""What the page of gaps calls things."""

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l

SHOWN_WORDS = {
    "open": _l("To do"), "none": _l("Nothing found"), "unopened": _l("Nothing opened"),
    "asked": _l("Asked"), "dismissed": _l("Not a gap"),
}
SORT_WORDS = {
    "asked": _l("Asked most"), "latest": _l("Asked last"), "fewest": _l("Fewest results"),
}


def people_word(by_several: bool) -> str:
    """By how many people, so that nobody can be made out."""
    return _("three people or more") if by_several else _("one or two people")


def verdict_word(verdict: str | None) -> str:
    """What was done about a gap."""
    words = {"asked": _("Asked"), "dismissed": _("Not a gap")}
    return words.get(verdict or "", _("To do"))
