"""What is wrong with the content of a stage, in words."""

from collections.abc import Sequence
from typing import Any

from portal.core.i18n import lazy_gettext as _l
from portal.customers.rules import PARTS
from portal.leads.stages.rules import (
    FIELD,
    FIELDS,
    GROUPS,
    KINDS,
    LINE_MANAGER,
    LONGEST_CRITERIA,
    LONGEST_WORDS,
    MOST_DAYS,
    MOST_GATES,
    MOST_ITEMS,
    PART,
    PERSON,
    ROLES,
    TEAM,
    Content,
    Gate,
    Item,
    Words,
)


def problem_with(content: Content) -> Any:
    """The first thing that cannot hold; None when all can."""
    if not 0 <= content.probability <= 100:
        return _l("A probability is a whole number from 0 to 100.")
    if not 0 <= content.expected_days <= MOST_DAYS:
        return _l("The expected days are a whole number from 0 to 365.")
    if content.role not in ROLES:
        return _l("Choose one of the list.")
    if any(_too_long(words, LONGEST_CRITERIA) for words in (content.entry, content.exit)):
        return _l("Criteria have at most 1,000 characters.")
    return _with_items(content.items) or _with_gates(content.gates)


def _with_items(items: Sequence[Item]) -> Any:
    if len(items) > MOST_ITEMS:
        return _l("A stage asks for at most 20 things.")
    if any(not item.words.zh or _too_long(item.words, LONGEST_WORDS) for item in items):
        return _l("Each thing needs Chinese words, at most 120 characters.")
    if any(item.kind not in KINDS or item.group not in GROUPS for item in items) or any(
            item.kind == FIELD and item.field not in FIELDS for item in items):
        return _l("Choose for each thing how it is answered.")
    return _l("Two things have the same name.") if _doubled(items) else None


def _with_gates(gates: Sequence[Gate]) -> Any:
    if len(gates) > MOST_GATES:
        return _l("A stage has at most 5 gates.")
    if any(not gate.words.zh or _too_long(gate.words, LONGEST_WORDS) for gate in gates):
        return _l("Each gate needs Chinese words, at most 120 characters.")
    if not all(_names_somebody(gate.reviewer) for gate in gates):
        return _l("Choose for each gate who reviews.")
    return _l("Two gates have the same name.") if _doubled(gates) else None


def _too_long(words: Words, longest: int) -> bool:
    return max(len(words.zh), len(words.en)) > longest


def _doubled(named: Sequence[Item] | Sequence[Gate]) -> bool:
    return len({each.key for each in named}) != len(named) or (
        len({each.words.zh for each in named}) != len(named))


def _names_somebody(reviewer: str) -> bool:
    kind, _colon, value = reviewer.partition(":")
    if kind == PART:
        return value in PARTS
    return value.isdecimal() if kind in (TEAM, PERSON) else reviewer == LINE_MANAGER
