"""What a person can record besides cases: later rooms add their forms to ＋ Record."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, url_for

from portal.core import access


@dataclass(frozen=True)
class Form:
    """A form to record something with; `quick` ones stand in the first row, and on the phone."""

    label: Any
    icon: str
    hint: Any
    endpoint: str
    permission: str = "portal:use"
    quick: bool = True

    @property
    def url(self) -> str:
        return url_for(self.endpoint)


_forms: list[Form] = []


def install(forms: Sequence[Form]) -> None:
    """The whole list, replacing an earlier one."""
    _forms[:] = forms


def forms() -> Iterator[Form]:
    """Those that this person may use."""
    for form in _forms:
        if access.allows(g.get("actor"), form.permission):
            yield form
