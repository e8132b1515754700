"""What the address of the analysis asks for, and the address of every number in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from portal.cases.analysis.counting import DIMENSIONS, competitor_key
from portal.cases.analysis.periods import Period, period_of

LONGEST_VALUE = 80
STEPS = ("month", "quarter", "year")
# More conditions than anybody could have clicked together.
MOST = 12


@dataclass(frozen=True)
class Filters:
    """A span, a team, and values that every counted deal has."""

    period: Period
    wanted: tuple[tuple[str, str], ...] = ()
    team: int | None = None

    def value(self, name: str) -> str:
        """The first value asked for of a dimension, for its box in the form."""
        return next((value for key, value in self.wanted if key == name), "")

    @property
    def arguments(self) -> list[tuple[str, str]]:
        """As the address says it."""
        found = [("period", self.period.name)]
        if self.period.name == "custom":
            found += [("from", self.period.start.isoformat()), ("to", self.period.last.isoformat())]
        if self.team is not None:
            found.append(("team", str(self.team)))
        return [*found, *self.wanted]

    @property
    def before(self) -> "Filters | None":
        """The same over the span just before, said by its days."""
        period = self.period.before
        if period is None:
            return None
        return replace(self, period=replace(period, name="custom"), wanted=self.lasting)

    @property
    def lasting(self) -> tuple[tuple[str, str], ...]:
        """The values that make sense in another span: a month lies in its own alone."""
        return tuple(pair for pair in self.wanted if pair[0] not in STEPS)

    def without(self, name: str, value: str) -> list[tuple[str, str]]:
        return [pair for pair in self.arguments if pair != (name, value)]


@dataclass(frozen=True)
class Linker:
    """Addresses of lists: `link(reason="price", outcome="loss")` narrows the present one."""

    path: str
    arguments: Sequence[tuple[str, str]]

    def __call__(self, **narrower: str) -> str:
        pairs = [pair for pair in narrower.items() if pair not in self.arguments]
        return f"{self.path}?{urlencode([*self.arguments, *pairs])}"


def parse(arguments: Any, today: date, teams: Collection[int]) -> Filters:
    """Filters from an address (a `MultiDict`). Nonsense is left out, a value that nobody has
    finds nothing; a team counts only when it is among `teams`."""
    period = period_of(
        arguments.get("period", ""), today, _day(arguments.get("from")), _day(arguments.get("to"))
    )
    wanted = [
        (name, competitor_key(value) if name == "competitor" else value)
        for name in DIMENSIONS for value in arguments.getlist(name)
        if value and len(value) <= LONGEST_VALUE
    ]
    number = arguments.get("team", "")
    team = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None
    return Filters(period, tuple(dict.fromkeys(wanted))[:MOST], team if team in teams else None)


def _day(text: str | None) -> date | None:
    try:
        return datetime.strptime(text or "", "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
