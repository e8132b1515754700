"""Where the values for a playbook may come from: a lead, a visit.

A feature that has such values installs a `Source`; the address then names its record:
`/cases/12/fill?from=lead:7`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portal.people.rules import Actor

REF = re.compile(r"([a-z]{1,20}):([0-9]{1,9})")


@dataclass(frozen=True)
class Source:
    """`values(actor, id)` names values by placeholder (`customer`, `amount` …); None when the
    person may not read the record."""

    prefix: str
    values: Callable[[Actor, int], Mapping[str, str] | None]


_sources: dict[str, Source] = {}


def install(sources: Sequence[Source]) -> None:
    """Take these in place of all before."""
    _sources.clear()
    _sources.update({source.prefix: source for source in sources})


def placeholder_values(actor: Actor, ref: str) -> dict[str, str] | None:
    """What the record knows; None for a ref that means nothing to this person."""
    match = REF.fullmatch(ref)
    source = _sources.get(match[1]) if match else None
    if match is None or source is None:
        return None
    values = source.values(actor, int(match[2]))
    return None if values is None else {name: str(value) for name, value in values.items() if value}
