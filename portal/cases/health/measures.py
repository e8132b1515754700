"""What a measure of library health is, and the list of them; later rooms add theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from portal.cases.health.slices import Scope
from portal.core.i18n import gettext as _
from portal.people.rules import Actor


@dataclass(frozen=True)
class Cell:
    """One value of a table: what is shown, the number behind it, and where it leads."""

    text: str
    value: float | None = None
    url: str | None = None


@dataclass(frozen=True)
class Measure:
    """One table of the page. `chart` is "bar", "rows" or empty; `tones` colour its series.

    `says` tells what is counted and what is good, `answer` the finding in one sentence.
    """

    name: str
    title: str
    says: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    answer: str = ""
    chart: str = ""
    tones: Sequence[str] = ()
    empty: str = ""


# `measure(actor, scope)`: None when it has nothing to say in this scope.
Maker = Callable[[Actor, Scope], Measure | None]
_makers: list[Maker] = []


def install(makers: Sequence[Maker]) -> None:
    """The whole list, replacing an earlier one."""
    _makers[:] = makers


def measures(actor: Actor, scope: Scope) -> list[Measure]:
    """All of them in their order, over what this person may read."""
    return [made for maker in _makers if (made := maker(actor, scope)) is not None]


def number(value: int, url: str | None = None) -> Cell:
    """A count; nothing opens behind none."""
    return Cell(str(value), value, url if value else None)


def share(part: int, whole: int) -> Cell:
    """A share in percent; nothing is a share of nothing."""
    if not whole:
        return Cell("–")
    percent = round(100 * part / whole, 1)
    return Cell(_("%(number)s %%", number=f"{percent:g}"), percent)


def word(text: Any) -> Cell:
    return Cell(str(text))
