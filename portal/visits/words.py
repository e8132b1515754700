"""What things are called on the pages of visits."""

from datetime import date
from functools import lru_cache
from typing import Any

from flask import Flask
from flask_babel import format_date

from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.visits.models import Visit

KIND_WORDS: dict[str, Any] = {
    "visit": _l("Visit"), "call": _l("Call"), "message": _l("Message"), "mail": _l("Mail"),
}
KIND_ICONS = {"visit": "map-pin", "call": "phone", "message": "message", "mail": "mail"}
STATUS_WORDS: dict[str, Any] = {
    "planned": _l("Planned"), "arrived": _l("There now"), "reviewed": _l("Reviewed"),
    "cancelled": _l("Cancelled"), "void": _l("Void"),
}
STATUS_TONES = {"planned": "blue", "arrived": "amber", "reviewed": "green", "cancelled": "grey",
                "void": "grey"}
PURPOSE_WORDS: dict[str, Any] = {
    "first": _l("First meeting"), "needs": _l("Needs"), "demo": _l("Demonstration"),
    "quote": _l("Price quotation"), "negotiation": _l("Negotiation"), "contract": _l("Contract"),
    "payment": _l("Payment"), "service": _l("Service"), "care": _l("Keeping in touch"),
    "other": _l("Something else"),
}
RESULT_WORDS: dict[str, Any] = {
    "reached": _l("Reached"), "partly": _l("Partly"), "missed": _l("Not reached"),
}
RESULT_ICONS = {"reached": "mood-smile", "partly": "mood-empty", "missed": "mood-sad"}
RESULT_TONES = {"reached": "green", "partly": "amber", "missed": "red"}
FIELD_WORDS: dict[str, Any] = {
    "result": _l("Result against the goal"), "words": _l("The customer's words"),
    "worked": _l("What worked"), "not_worked": _l("What did not work"),
}


def purpose_of(visit: Visit) -> str:
    """Why one goes there, in a few words."""
    word = str(PURPOSE_WORDS[visit.purpose]) if visit.purpose in PURPOSE_WORDS else ""
    return " · ".join(filter(None, (word, visit.why)))


def weekday_of(day: date) -> str:
    """“Tue 24 Nov”, as the language writes it."""
    return _weekday_in(day, current_language())


@lru_cache(maxsize=2_000)
def _weekday_in(day: date, language: str) -> str:
    """A week names the same few days hundreds of times."""
    pattern = "M月d日 EEE" if language == "zh" else "EEE d MMM"
    return str(format_date(day, pattern, rebase=False))


def init_app(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(
        visit_kind_words=KIND_WORDS, visit_kind_icons=KIND_ICONS, visit_status_words=STATUS_WORDS,
        visit_status_tones=STATUS_TONES, visit_purpose_words=PURPOSE_WORDS,
        visit_result_words=RESULT_WORDS, visit_result_icons=RESULT_ICONS,
        visit_result_tones=RESULT_TONES, visit_purpose=purpose_of,
    )
    app.jinja_env.filters.update(weekday=weekday_of)
