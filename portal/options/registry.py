"""The options that rooms declare: what an administrator may change, and what holds until then."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from portal.options.kinds import Kind


@dataclass(frozen=True)
class Option:
    """One editable value. `name` is like "alerts.hours"; `group` is the heading it stands under.

    `default` is the typed value, `kind` reads and checks what is typed.
    """

    name: str
    group: Any
    label: Any
    default: Any
    kind: Kind
    hint: Any = ""
    unit: Any = None


_options: dict[str, Option] = {}


def declare(options: Iterable[Option]) -> None:
    """The whole list, replacing an earlier one. Raises `ValueError` for a name declared twice,
    and for a default that its own kind refuses."""
    _options.clear()
    for option in options:
        if option.name in _options:
            raise ValueError(f"the option {option.name} is declared twice")
        if option.kind.read(option.kind.write(option.default)) != option.default:
            raise ValueError(f"the default of {option.name} is not what its kind reads")
        _options[option.name] = option


def option(name: str) -> Option:
    """The option of this name; raises `KeyError` for one nobody declared."""
    return _options[name]


def all_options() -> list[Option]:
    """In the order in which the rooms declare them."""
    return list(_options.values())
