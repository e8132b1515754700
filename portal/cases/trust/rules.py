"""Rules of trust on plain values: flags, reviews, and what takes a validation back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

REASONS = ("outdated", "wrong", "duplicate", "private", "other")
# Somebody's name may stand where it must not: told at once, whatever the hour.
URGENT_REASONS = ("private",)
RESOLUTIONS = ("fixed", "right", "archived", "merged")
# Whoever raised a flag takes it down again.
TAKEN_BACK = "taken_back"
HELPED, NOT_HELPED, DISMISSED = "helped", "not_helped", "dismissed"
OUTCOMES = (HELPED, NOT_HELPED, DISMISSED)
LONGEST_NOTE = 500
# An owner learns so many days ahead that a verification runs out.
NOTICE = timedelta(days=7)
# From so many due cases on one message tells them all.
MANY = 3
# So many working days after a reuse its user knows whether it helped; later nobody recalls it.
ASK_AFTER_DAYS = 3
FORGET_AFTER = timedelta(days=60)
# So many people in vain make a case one to look at.
MOST_IN_VAIN = 2
# So long whoever handed a case over may take it back.
HANDOVER_STANDS_AFTER = timedelta(days=30)
# Facts that somebody vouched for by number and by name.
HARD_FACTS = ("price_gap", "competitors", "amount_band", "main_reason")


def changed_hard_facts(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Which of the facts that age or mislead most differ between two revisions."""
    old, new = before.get("retrospective") or {}, after.get("retrospective") or {}
    return tuple(
        name for name in HARD_FACTS if (old.get(name) or None) != (new.get(name) or None)
    )


def is_due(until: date | None, today: date) -> bool:
    """Whether the owner is asked: from seven days ahead until it is verified again."""
    return until is not None and until <= today + NOTICE


def week_of(day: date) -> str:
    """A name for the week of a day: what is told once a week carries it."""
    year, week, _ = day.isocalendar()
    return f"{year}-{week:02}"


@dataclass(frozen=True)
class Standing:
    """How the validation of a case stands: `days` past its term, negative ahead of it."""

    overdue: bool
    due: bool
    days: int


def standing(confidence: str, until: date | None, today: date) -> Standing | None:
    """None for what nobody vouched for, or for ever."""
    if confidence != "validated" or until is None:
        return None
    days = (today - until).days
    return Standing(overdue=days > 0, due=is_due(until, today), days=days)


def has_changed(revision: int, validated_revision: int | None) -> bool:
    """Whether the text was changed since somebody vouched for it."""
    return validated_revision is not None and revision > validated_revision
