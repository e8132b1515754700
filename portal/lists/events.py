"""What happens to list entries that others may care about."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class TermRelabelled(Event):
    list: str
    code: str
    term_id: int


@dataclass(frozen=True)
class TagsMerged(Event):
    """The records of `merged_id` must move to `kept_id`; the merged tag goes afterwards."""

    merged_id: int
    kept_id: int
