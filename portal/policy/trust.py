"""Who vouches for cases, answers flags and alerts, hands over and merges."""

from typing import Any

from portal.cases.models import Case
from portal.cases.rules import PRIVATE
from portal.core.access import Permission, Policy
from portal.people.rules import Actor
from portal.policy.library import edits_case, owns_case, reads_case, takes_part
from portal.policy.offices import administrator, is_theirs, leads, manager


def vouches_for(actor: Actor, case: Case) -> bool:
    """Whoever leads the owner, directly or from above; where nobody does, any other manager."""
    if owns_case(actor, case) or not actor.is_manager:
        return False
    leaders = actor.tree.leaders_above(case.owner_id, case.owner.team_id)
    return (actor.id in leaders or not leaders) and reads_case(actor, case)


def validates_case(actor: Actor, case: Case) -> bool:
    """Who vouches for the owner's cases; the owner re-verifies what was vouched for once."""
    if owns_case(actor, case):
        return case.confidence == "validated"
    return vouches_for(actor, case)


def hands_over_case(actor: Actor, case: Case) -> bool:
    """The owner, or who leads them; of somebody who left, an administrator too. No drafts."""
    if case.confidence in PRIVATE:
        return False
    left = case.owner.deactivated_at is not None and administrator(actor, case)
    return owns_case(actor, case) or vouches_for(actor, case) or left


def hands_over_all(actor: Actor, person: Any) -> bool:
    """All cases of somebody who left: who led them, or an administrator."""
    if person.deactivated_at is None:
        return False
    leaders = actor.tree.leaders_above(person.id, person.team_id)
    leads = actor.is_manager and (actor.id in leaders or not leaders)
    return leads or administrator(actor, person)


def flags_case(actor: Actor, case: Case) -> bool:
    """Any reader but the owner, who can mend it."""
    return takes_part(actor, case) and not owns_case(actor, case)


def answers_flag(actor: Actor, flag: Any) -> bool:
    return owns_case(actor, flag.case) or vouches_for(actor, flag.case)


def resolved_flag(actor: Actor, flag: Any) -> bool:
    return bool(flag.resolved_by_id == actor.id)


def handed_over(actor: Actor, handover: Any) -> bool:
    return bool(handover.by_id == actor.id)


def merges_case(actor: Actor, case: Case) -> bool:
    """One of the two cases of a merge; each is asked about."""
    return edits_case(actor, case) or (actor.is_manager and reads_case(actor, case))


def reads_merge(actor: Actor, merge: Any) -> bool:
    return reads_case(actor, merge.case) and reads_case(actor, merge.into)


def undoes_merge(actor: Actor, merge: Any) -> bool:
    """Who merged them, or might merge them now."""
    return reads_merge(actor, merge) and (
        merge.merged_by_id == actor.id
        or (merges_case(actor, merge.case) and merges_case(actor, merge.into))
    )


def asks_problem(actor: Actor, case: Case) -> bool:
    return owns_case(actor, case) and case.kind == "problem"


def asks_in_alert(actor: Actor, alert: Any) -> bool:
    return owns_case(actor, alert.case)


def answers_alert(actor: Actor, alert: Any) -> bool:
    """Whoever leads the asker, and whoever the alert is with."""
    asker = alert.case.owner
    leaders = actor.tree.leaders_above(asker.id, asker.team_id)
    return actor.id != asker.id and actor.id in (*leaders, alert.manager_id, alert.handed_to_id)


POLICY: Policy = {
    "case:validate": Permission(validates_case, of_row=True, sees="case:read"),
    "case:vouch": Permission(vouches_for, of_row=True, sees="case:read"),
    "case:review": Permission(manager),
    "case:flag": Permission(flags_case, of_row=True, sees="case:read"),
    "case:hand_over": Permission(hands_over_case, of_row=True, sees="case:read"),
    "case:merge": Permission(merges_case, of_row=True, sees="case:read"),
    "case:alert": Permission(asks_problem, of_row=True, sees="case:read"),
    "people:hand_over": Permission(hands_over_all, of_row=True, sees="people:read"),
    "verification:undo": Permission(is_theirs, of_row=True, sees="verification:undo"),
    "handover:undo": Permission(handed_over, of_row=True, sees="handover:undo"),
    "flag:resolve": Permission(answers_flag, of_row=True, sees="text:read"),
    "flag:reopen": Permission(resolved_flag, of_row=True, sees="text:read"),
    "flag:take_back": Permission(is_theirs, of_row=True, sees="text:read"),
    "merge:read": Permission(reads_merge, of_row=True, sees="merge:read"),
    "merge:undo": Permission(undoes_merge, of_row=True, sees="merge:read"),
    "reuse:review": Permission(is_theirs, of_row=True, sees="reuse:undo"),
    "reuse:undo": Permission(is_theirs, of_row=True, sees="reuse:undo"),
    "alerts:read": Permission(leads),
    "alert:answer": Permission(answers_alert, of_row=True, sees="text:read"),
    "alert:withdraw": Permission(asks_in_alert, of_row=True, sees="text:read"),
}
