"""When one case may go into another, on plain values."""

from dataclasses import dataclass
from datetime import datetime, timedelta

UNDO_DAYS = 30
# As in the rules of the library.
LIVE = ("not_validated", "validated")
RETROSPECTIVES = ("win", "loss")


@dataclass(frozen=True)
class Side:
    """What the rule asks of each of the two cases; `owner_reads_other`: whether whose it is may
    read the other one."""

    id: int
    kind: str
    confidence: str
    merged: bool
    audience: str
    team_id: int | None
    owner_reads_other: bool
    solutions: int = 0
    has_alert: bool = False
    waits_for_answer: bool = False
    solved: bool = False


def obstacle(gone: Side, kept: Side) -> str:
    """The word for what forbids `gone` to go into `kept`; empty when nothing does."""
    if gone.id == kept.id:
        return "same"
    if gone.merged or kept.merged:
        return "gone_merged" if gone.merged else "kept_merged"
    if gone.confidence not in LIVE or kept.confidence not in LIVE:
        return "gone_not_live" if gone.confidence not in LIVE else "kept_not_live"
    return _kinds(gone, kept) or _readers(gone, kept)


def kinds_fit(gone: str, kept: str) -> bool:
    """Each retrospective is one deal, and counts as what it was."""
    return gone == kept or not {gone, kept} & {*RETROSPECTIVES}


def _kinds(gone: Side, kept: Side) -> str:
    if not kinds_fit(gone.kind, kept.kind):
        return "retrospective"
    if kept.kind != "problem" and (gone.solutions or gone.has_alert):
        return "solutions"
    # What waits for a manager's reply ends only where there is an answer already.
    return "alert" if gone.waits_for_answer and not kept.solved else ""


def _readers(gone: Side, kept: Side) -> str:
    """Whoever reads the kept case will read what stood under the other: nobody new may."""
    as_narrow = gone.audience == "everyone" or (
        gone.audience == kept.audience
        and (gone.audience != "team" or gone.team_id == kept.team_id)
    )
    if not as_narrow:
        return "audience"
    if not kept.owner_reads_other:
        return "kept_owner"
    return "" if gone.owner_reads_other else "gone_owner"


def hides(gone: Side, kept: Side) -> bool:
    """Whether some who read the one cannot read the other."""
    return gone.audience == "everyone" and kept.audience != "everyone"


def undo_ends(merged_at: datetime) -> datetime:
    return merged_at + timedelta(days=UNDO_DAYS)


def may_be_undone(merged_at: datetime, undone: bool, now: datetime) -> bool:
    return not undone and now < undo_ends(merged_at)
