"""Every room with its permissions and records: a new room is a file here, and a line in `ROOMS`."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.architecture.rooms import (
    care,
    claims,
    customers,
    house,
    leads,
    library,
    loop,
    money,
    pool,
    stages,
    trust,
    visits,
)

ROOMS = (
    house.ROOM,
    library.ROOM,
    trust.ROOM,
    customers.ROOM,
    leads.ROOM,
    stages.ROOM,
    pool.ROOM,
    claims.ROOM,
    loop.ROOM,
    money.ROOM,
    care.ROOM,
    visits.ROOM,
)


def together(tables: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """All in one; what two rooms declare is a mistake."""
    found: dict[str, Any] = {}
    for table in tables:
        for names, value in table.items():
            for name in names.split():
                assert name not in found, f"two rooms declare {name}"
                found[name] = value
    return found
