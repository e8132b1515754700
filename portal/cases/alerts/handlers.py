"""What answers, solves or merges a problem also ends its alert, in the same transaction."""

from datetime import datetime

from portal.cases.alerts import actions, queries, rules
from portal.cases.alerts.models import Alert
from portal.cases.events import (
    CasesMerged,
    CommentAdded,
    MergeUndone,
    SolutionAccepted,
    SolutionProposed,
    SolutionUnaccepted,
)
from portal.cases.models import Comment, Solution
from portal.core import clock
from portal.extensions import db
from portal.people.queries import team_tree


def answer_by_reply(event: SolutionProposed | CommentAdded) -> None:
    """A solution or a comment by a manager of the asker, or by whoever the alert is with."""
    alert = queries.alert_of(event.case_id)
    if alert is not None and alert.is_open and _is_reply(alert, event.actor_id):
        said_at, text = _reply(event)
        actions.answer_alert(alert, event.actor_id, said_at, text)


def _reply(event: SolutionProposed | CommentAdded) -> tuple[datetime, str]:
    """When the reply was given (now, unless the past is told again), and what it is called."""
    if isinstance(event, CommentAdded):
        said = db.session.get_one(Comment, event.comment_id)
        return said.created_at, f"comment:{said.id}"
    answer = db.session.get_one(Solution, event.solution_id)
    return answer.created_at, f"solution:{answer.id}"


def _is_reply(alert: Alert, person_id: int) -> bool:
    owner = alert.case.owner
    return rules.answers(
        person_id, asker_id=owner.id, waits_for=(alert.manager_id, alert.handed_to_id),
        leaders=team_tree().leaders_above(owner.id, owner.team_id),
    )


def end_by_solution(event: SolutionAccepted) -> None:
    """Solved: if a manager accepted it, that is a reply; otherwise no manager is needed."""
    alert = queries.alert_of(event.case_id)
    if alert is None or not alert.is_open:
        return
    if _is_reply(alert, event.actor_id):
        actions.answer_alert(alert, event.actor_id, clock.now())
    else:
        actions.solve_alert(alert, event.actor_id, clock.now())


def wait_again(event: SolutionUnaccepted) -> None:
    """Not solved after all."""
    _reopen(event.case_id, event.actor_id)


def end_by_merge(event: CasesMerged) -> None:
    """The problem is one with another, which has its answers and, maybe, its own alert: that is
    settled by an accepted solution which came along."""
    for case_id, why in ((event.case_id, rules.MERGED), (event.into_id, rules.SOLVED)):
        alert = queries.alert_of(case_id)
        if alert is not None and alert.is_open and (
                why == rules.MERGED or alert.case.accepted_id is not None):
            actions.solve_alert(alert, event.actor_id, clock.now(), why)


def wait_after_merge(event: MergeUndone) -> None:
    """A problem of its own again; and the other one, when its answer went away with it."""
    _reopen(event.case_id, event.actor_id)
    _reopen(event.into_id, event.actor_id)


def _reopen(case_id: int, person_id: int) -> None:
    alert = queries.alert_of(case_id)
    if alert is not None and alert.solved_at is not None and alert.case.accepted_id is None:
        actions.reopen_alert(alert, person_id, team_tree(), clock.now())
