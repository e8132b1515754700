"""What media, choices and weekdays are called."""

from typing import Any

from portal.core.i18n import lazy_gettext as _l

MEDIA_WORDS: dict[str, Any] = {
    "mail": _l("E-mail"), "chat": _l("Chat"), "sms": _l("Text message"),
}
FIRST_WORDS: dict[str, Any] = {
    "": _l("As usual"),
    "mail": _l("E-mail at once"),
    "chat": _l("Chat at once"),
    "sms": _l("Text message at once"),
    "digest": _l("In the digest"),
    "none": _l("Only in the portal"),
}
SECOND_WORDS: dict[str, Any] = {"none": "–", **MEDIA_WORDS}
DAYS: dict[str, Any] = {
    "": _l("Every working day"), "0": _l("Mondays"), "1": _l("Tuesdays"), "2": _l("Wednesdays"),
    "3": _l("Thursdays"), "4": _l("Fridays"), "5": _l("Saturdays"), "6": _l("Sundays"),
}
