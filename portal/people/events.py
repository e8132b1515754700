"""What happens to people that others may care about."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class PersonRenamed(Event):
    user_id: int


@dataclass(frozen=True)
class PersonDeactivated(Event):
    user_id: int
