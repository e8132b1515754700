"""What happens to cases that others may care about."""

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class CaseRecorded(Event):
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class CaseEdited(Event):
    case_id: int
    actor_id: int
    revision: int


@dataclass(frozen=True)
class SolutionProposed(Event):
    solution_id: int
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class SolutionAccepted(Event):
    solution_id: int
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class CommentAdded(Event):
    comment_id: int
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class CaseReused(Event):
    reuse_id: int
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class CaseAsked(Event):
    """A problem waits for this person's answer from now on; a draft asks nobody yet."""

    case_id: int
    asked_id: int
    actor_id: int


@dataclass(frozen=True)
class ContributionEdited(Event):
    """`part` is "solution" or "comment"."""

    part: str
    text_id: int
    case_id: int
    actor_id: int
