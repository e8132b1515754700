"""What happens to list entries that others may care about."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class TermRelabelled(Event):
    list: str
    code: str
    term_id: int


@dataclass(frozen=True)
class TermRetired(Event):
    """It is offered no longer; whoever cannot do without it refuses."""

    list: str
    code: str


@dataclass(frozen=True)
class TermsReordered(Event):
    """The entries of the list stand in another order; whoever cannot bear it refuses."""

    list: str


@dataclass(frozen=True)
class TagsMerged(Event):
    """The records of `merged_id` must move to `kept_id`; the merged tag goes afterwards."""

    merged_id: int
    kept_id: int
