"""The kinds of entries of the timeline, and how each reads; every room declares its own."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l

# By what the timeline is filtered, in the order in which it is offered.
GROUPS: Mapping[str, Any] = {
    "visits": _l("Visits and follow-ups"),
    "deals": _l("Deals"),
    "money": _l("Money"),
    "corrections": _l("Corrections"),
    "cases": _l("Cases"),
    "care": _l("Care"),
    "file": _l("File and people"),
}
Detail = Mapping[str, Any]


def _as_text(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _no_url(subject: str) -> str | None:
    return None


@dataclass(frozen=True)
class Kind:
    """One kind of entries, such as "lead.moved".

    `says(detail, text)` is what happened, in one line without a full stop; who and when stand
    beside it, the entry's text and reason below. `url(subject)` leads to the record behind it, for
    subjects that `features.ALL.subjects` does not know. Of a correction (`detail["changes"]` is
    `{field: [before, after]}`), `fields` names the fields and `value(field, value)` words values.
    `shows_text` is False where `says` already tells the text.
    """

    name: str
    icon: str
    group: str
    says: Callable[[Detail, str], Any]
    url: Callable[[str], str | None] = _no_url
    fields: Mapping[str, Any] = field(default_factory=dict)
    value: Callable[[str, Any], str] = _as_text
    shows_text: bool = True


_kinds: dict[str, Kind] = {}


def install(kinds: Sequence[Kind]) -> None:
    """The whole list of kinds, replacing an earlier one."""
    names = {kind.name: kind for kind in kinds}
    if len(names) != len(kinds) or any(kind.group not in GROUPS for kind in kinds):
        raise ValueError("a kind of entry is declared twice, or its group is unknown")
    _kinds.clear()
    _kinds.update(names)


def kind_of(name: str) -> Kind:
    """The kind with this name; one that no room declares any more is only told by its text."""
    return _kinds.get(name) or Kind(name, "point", "file", lambda detail, text: _("Entry"))


def names_in(groups: Collection[str]) -> list[str]:
    """The names of all kinds of these groups."""
    return [kind.name for kind in _kinds.values() if kind.group in groups]
