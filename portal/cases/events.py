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
class SolutionUnaccepted(Event):
    """The problem is open again."""

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
    """`part` is "solution" or "comment"; `revision` is the one that came of it."""

    part: str
    text_id: int
    case_id: int
    actor_id: int
    revision: int


@dataclass(frozen=True)
class CasesMerged(Event):
    """`case_id` went into `into_id`; what stood under it stands there now."""

    merge_id: int
    case_id: int
    into_id: int
    actor_id: int


@dataclass(frozen=True)
class MergeUndone(Event):
    merge_id: int
    case_id: int
    into_id: int
    actor_id: int


@dataclass(frozen=True)
class CaseValidated(Event):
    """Somebody vouched for it: `verification_id` is the step."""

    verification_id: int
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class ValidationWithdrawn(Event):
    """It counts as not validated again, whether by hand or because facts changed."""

    verification_id: int
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class VerificationUndone(Event):
    verification_id: int
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class CaseFlagged(Event):
    flag_id: int
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class FlagResolved(Event):
    flag_id: int
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class FlagReopened(Event):
    flag_id: int
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class ReuseUndone(Event):
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class ReuseReviewed(Event):
    reuse_id: int
    case_id: int
    actor_id: int


@dataclass(frozen=True)
class CasesHandedOver(Event):
    """So many cases of one decision; `first_id` is the first of their handovers."""

    first_id: int
    to_id: int
    cases: int
    actor_id: int


@dataclass(frozen=True)
class AlertRaised(Event):
    """A problem waits for a manager's reply; `step_id` is the step of its way that says so."""

    alert_id: int
    case_id: int
    actor_id: int
    step_id: int


@dataclass(frozen=True)
class AlertEscalated(Event):
    """The alert went to somebody else: `manager_id`, if there is anybody."""

    alert_id: int
    case_id: int
    manager_id: int | None
    step_id: int


@dataclass(frozen=True)
class AlertAnswered(Event):
    """A manager replied, or whoever the alert was with; `text` is the reply, such as
    "comment:9", if there is one."""

    alert_id: int
    case_id: int
    actor_id: int
    step_id: int
    text: str = ""


@dataclass(frozen=True)
class AlertHanded(Event):
    """The manager handed the alert to a colleague."""

    alert_id: int
    case_id: int
    actor_id: int
    person_id: int
    step_id: int


@dataclass(frozen=True)
class AlertEnded(Event):
    """Nothing is left to do: it was withdrawn, or the problem solved without a manager."""

    alert_id: int
    case_id: int
