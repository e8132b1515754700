"""Two versions of a case side by side: which facts changed, and which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from diff_match_patch import diff_match_patch

from portal.cases import words
from portal.cases.content import CaseContent, RetrospectiveContent
from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.lists.queries import vocabulary

SAME, ADDED, REMOVED = 0, 1, -1
# A pathological pair of texts must not hold up the page; the rest is then one change.
SECONDS = 0.5
CONTEXT = 80


@dataclass(frozen=True)
class Piece:
    """A run of text: `change` is SAME, ADDED or REMOVED; `gap` marks left-out equal text."""

    text: str
    change: int
    gap: bool = False


@dataclass(frozen=True)
class FieldChange:
    """A field that differs, with its words before and after."""

    label: Any
    before: str
    after: str
    pieces: Sequence[Piece]


LABELS: dict[str, Any] = {
    "title": _l("Title"), "tags": _l("Tags"), "stage": _l("Stage"), "industry": _l("Industry"),
    "product": _l("Product"), "region": _l("Region"), "audience": _l("Who may read it"),
    "source": _l("Comes from"), "amount_band": _l("Amount"),
    "cycle_days": _l("Sales cycle in days"), "competitors": _l("Competitors"),
    "stage_reached": _l("Stage reached"), "roles_reached": _l("Whom we reached"),
    "main_reason": _l("Main reason"), "contributing_reasons": _l("Contributing reasons"),
    "price_gap": _l("Price gap in %"), "actions": _l("What decided it, in order"),
    "repeat": _l("Repeat next time"), "avoid": _l("Avoid next time"), "body": _l("Text"),
}
LISTS = {"stage": "stage", "industry": "industry", "product": "product", "region": "region",
         "stage_reached": "stage", "main_reason": "reason", "contributing_reasons": "reason"}
FIXED = {"audience": words.AUDIENCES, "source": words.SOURCES,
         "amount_band": words.AMOUNT_BANDS, "roles_reached": words.DECISION_ROLES}


def changes(before: CaseContent, after: CaseContent) -> list[FieldChange]:
    """Every field that differs, in the order of the page, in the reader's words."""
    old, new = _in_words(before), _in_words(after)
    return [
        FieldChange(label, old[name], new[name], pieces(old[name], new[name]))
        for name, label in LABELS.items()
        if old[name] != new[name]
    ]


def pieces(before: str, after: str) -> list[Piece]:
    """The difference of two texts in runs that read well: whole words and phrases, not letters."""
    differ = diff_match_patch()
    differ.Diff_Timeout = SECONDS
    runs = differ.diff_main(before, after)
    differ.diff_cleanupSemantic(runs)
    return [Piece(text, change) for change, text in runs]


def shortened(runs: Sequence[Piece]) -> list[Piece]:
    """The same with long unchanged stretches cut, the way history is read."""
    short: list[Piece] = []
    for place, run in enumerate(runs):
        if run.change != SAME or len(run.text) <= 2 * CONTEXT:
            short.append(run)
            continue
        if place > 0:
            short.append(Piece(run.text[:CONTEXT], SAME))
        short.append(Piece("", SAME, gap=True))
        if place < len(runs) - 1:
            short.append(Piece(run.text[-CONTEXT:], SAME))
    return short


def _in_words(content: CaseContent) -> dict[str, str]:
    facts = content.retrospective or RetrospectiveContent()
    values = {**vars(content), **vars(facts)}
    return {name: _words(name, values[name]) for name in LABELS}


def _words(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        separator = "\n" if name == "actions" else "、"
        return separator.join(_words(name, each) for each in value)
    if name in LISTS:
        term = vocabulary()[LISTS[name]].get(value)
        return term.label(current_language()) if term else str(value)
    if name in FIXED:
        return str(FIXED[name].get(value, value))
    return str(value)
