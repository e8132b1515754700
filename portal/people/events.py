"""What happens to people that others may care about."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class PersonRenamed(Event):
    user_id: int


@dataclass(frozen=True)
class PersonDeactivated(Event):
    user_id: int


@dataclass(frozen=True)
class TeamRenamed(Event):
    team_id: int


@dataclass(frozen=True)
class TeamDissolved(Event):
    """What belongs to `team_id` must go to `heir_id`, or to no team; the team goes afterwards."""

    team_id: int
    heir_id: int | None
