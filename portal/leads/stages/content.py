"""The content of a stage as it is stored, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from portal.leads.stages.rules import Content, Gate, Item, Words


def stored(content: Content) -> dict[str, Any]:
    """Plain values for the database; items and gates as lists, so that reading it back is equal."""
    plain = asdict(content)
    return {**plain, "items": list(plain["items"]), "gates": list(plain["gates"])}


def read(plain: Mapping[str, Any]) -> Content:
    """The content again. What an earlier version did not know has its default."""
    return Content(
        probability=plain["probability"], expected_days=plain["expected_days"],
        role=plain["role"], entry=Words(**plain["entry"]), exit=Words(**plain["exit"]),
        items=tuple(Item(**{**item, "words": Words(**item["words"])})
                    for item in plain["items"]),
        gates=tuple(Gate(**{**gate, "words": Words(**gate["words"])})
                    for gate in plain["gates"]),
    )
