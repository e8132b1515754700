"""The words and icons for the fixed vocabularies of the case library."""

from typing import Any

from portal.core.i18n import LANGUAGES
from portal.core.i18n import lazy_gettext as _l

KINDS: dict[str, tuple[Any, str]] = {
    "problem": (_l("Problem"), "help-circle"),
    "win": (_l("Win retrospective"), "trophy"),
    "loss": (_l("Loss retrospective"), "mood-sad"),
    "lesson": (_l("Visit lesson"), "bulb"),
    "playbook": (_l("Playbook"), "book"),
    "intel": (_l("Market intel"), "news"),
}
KIND_HINTS: dict[str, Any] = {
    "problem": _l("A difficulty that needs an answer. Colleagues propose solutions."),
    "win": _l("Why we won: what decided it, and what to repeat."),
    "loss": _l("Why we lost: the reasons, and what to avoid."),
    "lesson": _l("What a visit taught you, in a few sentences."),
    "playbook": _l("Questions, scripts and outlines that others can use."),
    "intel": _l("What you learned about the market or a competitor."),
}
# What is recorded between two customers, in one tap: word, icon, hint, and how its form asks for
# title and text.
QUICK: dict[str, tuple[Any, str, Any, Any, Any]] = {
    "lesson": (_l("Visit lesson"), "bulb", KIND_HINTS["lesson"],
               _l("What did the visit teach you?"), _l("Text")),
    "problem": (_l("Problem"), "help-circle", KIND_HINTS["problem"], _l("Title"), _l("Text")),
    "alert": (_l("Difficulty alert"), "alert-triangle",
              _l("Something stops you now. Your manager sees it at once."), _l("Title"),
              _l("What hinders you?")),
}
TRUST: dict[str, Any] = {
    "draft": _l("Draft"), "not_validated": _l("Not validated"), "validated": _l("Validated"),
    "overdue": _l("Verification overdue"), "archived": _l("Archived"),
    "discarded": _l("Discarded"),
    "open": _l("Open"), "answered": _l("Answered"), "solved": _l("Solved"),
}
AUDIENCES: dict[str, Any] = {
    "everyone": _l("Everyone"), "team": _l("My team"), "managers": _l("Managers"),
}
SOURCES: dict[str, Any] = {
    "none": _l("None"), "visit": _l("A visit"), "lead": _l("A lead"), "report": _l("A report"),
}
AMOUNT_BANDS: dict[str, Any] = {
    "lt100k": _l("Below 100,000"), "100k_500k": _l("100,000 to 500,000"),
    "500k_1m": _l("500,000 to 1 million"), "1m_5m": _l("1 to 5 million"),
    "gt5m": _l("Above 5 million"),
}
DECISION_ROLES: dict[str, Any] = {
    "decision_maker": _l("Decision maker"), "economic_buyer": _l("Budget holder"),
    "technical_evaluator": _l("Technical evaluator"), "user": _l("User"),
    "procurement": _l("Procurement"), "coach": _l("Inside supporter"),
}
# What the portal itself notes on a revision; people's own notes are shown as they are.
NOTES: dict[str, Any] = {"Imported": _l("Imported"), "Import reverted": _l("Import reverted")}


def kind_word(kind: str) -> Any:
    if kind == "alert":
        return QUICK[kind][0]
    return KINDS[kind][0] if kind in KINDS else kind


def kind_icon(kind: str) -> str:
    return KINDS[kind][1] if kind in KINDS else "file-text"


def trust_word(word: str) -> Any:
    return TRUST.get(word, word)


def note_word(note: str) -> Any:
    return NOTES.get(note, note)


def language_word(code: str) -> str:
    return LANGUAGES.get(code, code)
