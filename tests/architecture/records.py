"""Records for the addresses of the portal: each is made when an address first names it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask

from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from tests.architecture.rooms import ROOMS, together
from tests.architecture.rooms.room import Made, Walk
from tests.characters import Character

# What is no record.
PLAIN = {
    "day": "2026-10-08", "option_name": "alerts.hours", "kind": "problem", "language": "en",
    "name": "stage", "moment": 0, "target": "stage:needs", "stage": "screened", "part": "backup",
}
# Parameter → who makes it; the same given the customer, and given the lead.
MAKERS = together(room.makers for room in ROOMS)
OF_A_CUSTOMER = together(room.of_customer for room in ROOMS)
OF_A_LEAD = together(room.of_lead for room in ROOMS)


class Records(dict[str, Any]):
    """Name of a parameter → its value; the maker of a name that is missing runs now."""

    def __init__(self, walk: Walk) -> None:
        super().__init__(case_id=walk.case.id, user_id=walk.case.owner_id, number=1,
                         team_id=walk.case.team_id, **PLAIN)
        self._walk = walk

    def __missing__(self, name: str) -> Any:
        made = self._made(name)
        self.update({key: value for key, value in made.items() if key not in self})
        return self[name]

    def _made(self, name: str) -> Made:
        if name in OF_A_LEAD:
            return OF_A_LEAD[name](self._walk, self["lead_id"])
        if name in OF_A_CUSTOMER:
            return OF_A_CUSTOMER[name](self._walk, self["customer_id"])
        assert name in MAKERS, f"no room of tests/architecture/rooms makes {name}"
        return MAKERS[name](self._walk)

    def everything(self) -> "Records":
        """The same, all of it made: pages show more."""
        for name in (*MAKERS, *OF_A_CUSTOMER, *OF_A_LEAD):
            self[name]
        return self

    def of_theirs(self, own: Mapping[str, Any]) -> "Records":
        """The same, with what is the visitor's own in place of what was there."""
        self.update(own)
        return self


def records_of(
    app: Flask, case: Case, writer: Character, now: datetime, *, in_pool: bool = False
) -> Records:
    """Everything an address may name: the case, a solution and a comment by `writer`, a file,
    that `writer` reused it, and the people, teams and list entries that always exist."""
    with transaction():
        case = db.session.merge(case)
    return Records(Walk(app, case, writer, now, in_pool))
