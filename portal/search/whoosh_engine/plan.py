"""From a query to what is scored: which units of tokens, with which weight."""

from __future__ import annotations

from dataclasses import dataclass

from ..analyzer import analyze, is_function_pair
from ..query import Query
from .scorer import Found, Unit, find, rarest
from .snapshot import Snapshot

FUNCTION_WEIGHT = 0.3
MAX_UNITS = 24


@dataclass(frozen=True, slots=True)
class Plan:
    units: list[Found]


def plan_query(snapshot: Snapshot, query: Query) -> Plan:
    tokens = dict.fromkeys(analyze(query.text))
    units = [
        Unit((token,), FUNCTION_WEIGHT if is_function_pair(token) else 1.0) for token in tokens
    ]
    return Plan(rarest([find(snapshot, unit) for unit in units], MAX_UNITS))
