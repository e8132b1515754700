"""A table of the analysis: the same for the page, its drawing, and the workbook."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.cases.analysis.counting import Tally, share
from portal.core.i18n import gettext as _


@dataclass(frozen=True)
class Cell:
    """What is shown, the number that is drawn, and the address of the cases behind it."""

    text: str
    value: float | None = None
    url: str | None = None
    heat: int | None = None

    @property
    def plain(self) -> float | str:
        """A number where the cell is nothing but that."""
        return self.value if self.value is not None and self.text == str(self.value) else self.text


@dataclass(frozen=True)
class Column:
    """`drawn` is how a chart shows it: "bar", "line" or "none"."""

    label: Any
    tone: str = ""
    drawn: str = "bar"
    unit: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    cells: Sequence[Cell]
    is_sum: bool = False


@dataclass(frozen=True)
class Table:
    """`kind` is the drawing: "bar", "rows" or "heat"; none is a table alone."""

    name: str
    title: Any
    corner: Any
    columns: Sequence[Column]
    rows: Sequence[Row]
    kind: str = ""
    note: Any = ""
    stacked: bool = False
    wide: bool = False
    # Whether its numbers are looked at more than its drawing.
    unfolded: bool = field(default=False)


def count(number: int, url: str) -> Cell:
    """A number that opens its cases; none opens nothing."""
    return Cell(str(number), number, url if number else None)


def part(number: int, whole: int, url: str = "") -> Cell:
    """“15 of 39 · 38 %”; the share is left out where it would say too much."""
    percent = share(number, whole)
    if not whole:
        return Cell("–")
    if percent is None:
        said = _("%(part)d of %(whole)d", part=number, whole=whole)
    else:
        said = _("%(part)d of %(whole)d · %(percent)d %%", part=number, whole=whole,
                 percent=percent)
    return Cell(said, percent, url if url and number else None)


def rate(tally: Tally) -> Cell:
    """The win rate with the numbers it is made of."""
    return part(tally.won, tally.total)
