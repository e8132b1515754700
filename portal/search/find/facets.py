"""Facets of a result in words, as far as the reader may know them."""

from collections.abc import Mapping

from portal.people.rules import Actor
from portal.search.find.results import Value
from portal.search.sources import installed

FACETS = (
    "kind", "state", "stage", "industry", "product", "region", "confidence", "tag", "author",
    "language",
)
MOST_VALUES = 12


def worded(
    actor: Actor, counted: Mapping[str, Mapping[str, int]], chosen: Mapping[str, tuple[str, ...]]
) -> dict[str, list[Value]]:
    """The most frequent values of each facet, and all that are chosen."""
    found: dict[str, list[Value]] = {}
    for name, counts in counted.items():
        picked = chosen.get(name, ())
        top = sorted(counts, key=lambda code: (code not in picked, -counts[code], code))
        codes = [*top[:MOST_VALUES], *(code for code in picked if code not in counts)]
        if not codes:
            continue
        labels: dict[str, str] = {}
        for source in installed():
            labels.update(source.labels(actor, name, codes))
        values = [
            # A chosen value stays, so that it can be lifted, whether it exists or not.
            Value(code, labels.get(code, code), counts.get(code, 0), code in picked)
            for code in codes if code in labels or code in picked
        ]
        if values:
            found[name] = values
    return found
