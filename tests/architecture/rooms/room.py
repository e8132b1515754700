"""What every room declares to the tests that visit each address."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from flask import Flask
from PIL import Image

from portal.cases.models import Case
from portal.core.unit_of_work import transaction
from portal.extensions import db
from tests.characters import Character

EVERYONE = {"rep", "manager", "hr", "admin"}


@dataclass(frozen=True)
class Walk:
    """A case, and the colleague who wrote, added, reused and was told what belongs to it.

    Whoever owns the case also has the customer and the lead, unless those are in the pool.
    """

    app: Flask
    case: Case
    writer: Character
    now: datetime
    in_pool: bool = False

    @property
    def seller_id(self) -> int | None:
        return None if self.in_pool else self.case.owner_id


# Names of parameters of addresses → their values.
Made = Mapping[str, Any]
Maker = Callable[[Walk], Made]


@dataclass(frozen=True)
class Room:
    """Who may do what in a room, and how its records are made.

    A grid has a letter for each of `access.PEOPLE`: `y` may, `n` is refused (403), `-` does not
    even see the record (404). Parameters that one maker makes are written as one key, with spaces.
    """

    # Permission that concerns the portal as a whole → the roles that have it.
    roles: Mapping[str, Set[str]] = field(default_factory=dict)
    # Those of them that a manager has who leads the whole department alone.
    of_heads: Set[str] = frozenset()
    # Permission on something of a case → who may when it is for the team, for everyone, a draft.
    cases: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    # Permission on something of a customer → who may when it is hers, and in the pool.
    customers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # Noun of a permission → the record it is asked about, and the parameter with its id.
    rows: Mapping[str, tuple[type[Any], str]] = field(default_factory=dict)
    # Endpoints that answer with something else than a page.
    not_pages: Set[str] = frozenset()
    # Those that lead on to another page for what they are visited with here.
    leads_on: Set[str] = frozenset()
    # Those that nobody may open as things are made here.
    not_open: Set[str] = frozenset()
    # Permission → who visits its pages; without one it is alice, or whose role may.
    visitors: Mapping[str, str] = field(default_factory=dict)
    # Parameters → who makes what they name; the same given the customer, and given the lead.
    makers: Mapping[str, Maker] = field(default_factory=dict)
    of_customer: Mapping[str, Callable[[Walk, int], Made]] = field(default_factory=dict)
    of_lead: Mapping[str, Callable[[Walk, int], Made]] = field(default_factory=dict)


def one(name: str, make: Callable[[Walk], Any]) -> Maker:
    """A maker of one row."""

    def made(walk: Walk) -> Made:
        with transaction():
            row = make(walk)
            db.session.add(row)
        return {name: row.id}

    return made


def picture() -> BytesIO:
    """The smallest there is."""
    file = BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")
    file.seek(0)
    return file
