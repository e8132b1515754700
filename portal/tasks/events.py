"""What happens to long work that others may care about."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class TaskFinished(Event):
    """Done, failed or cancelled, as `status` says; `seconds` passed since it was asked for."""

    task_id: int
    kind: str
    person_id: int
    status: str
    seconds: int
