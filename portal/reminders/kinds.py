"""The kinds of things people are told; each room declares its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.core.i18n import lazy_gettext as _l

# What a person chooses channels for, in the order in which it is offered.
CATEGORIES: Mapping[str, Any] = {
    "alerts": _l("Difficulty alerts"),
    "answers": _l("Answers and questions to you"),
    "talk": _l("Comments and mentions"),
    "following": _l("What you follow"),
    "upkeep": _l("Care of your cases"),
    "work": _l("Other work and dates"),
}


@dataclass(frozen=True)
class Kind:
    """One kind of news. `says(who, title)` is a sentence in the reader's language; `does` is
    the label of the button that opens the work. An `urgent` one is held back by nothing."""

    name: str
    category: str
    says: Callable[[str, str], Any]
    does: Any
    icon: str
    urgent: bool = False


_kinds: dict[str, Kind] = {}


def declare(*kinds: Kind) -> None:
    """Install the whole list of kinds, replacing an earlier one."""
    names = {kind.name: kind for kind in kinds}
    if len(names) != len(kinds) or any(kind.category not in CATEGORIES for kind in kinds):
        raise ValueError("a kind is declared twice, or its category is unknown")
    _kinds.clear()
    _kinds.update(names)


def kind_of(name: str) -> Kind:
    """The kind with this name; of one that is no longer declared, the title alone is said."""
    return _kinds.get(name) or Kind(name, "work", lambda who, title: title, _l("Open it"), "bell")


def is_declared(name: str) -> bool:
    return name in _kinds
