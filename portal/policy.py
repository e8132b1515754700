"""Who may do what: the whole answer on one page.

`of_row` permissions are asked about a record; `sees` names the permission whose refusal answers
404 instead of 403. Everything that is not declared here is denied.
"""

from collections.abc import Mapping
from typing import Any

from portal.cases.models import Case
from portal.cases.rules import LIVE, PRIVATE, readable
from portal.core.access import Permission
from portal.people.rules import Actor

# --- predicates ------------------------------------------------------------------------------


def anyone_signed_in(actor: Actor, row: Any) -> bool:
    return True


def administrator(actor: Actor, row: Any) -> bool:
    return actor.role == "admin"


def manager(actor: Actor, row: Any) -> bool:
    return actor.is_manager


def manager_or_administrator(actor: Actor, row: Any) -> bool:
    """Who knows the words of the trade, and who arranges the portal."""
    return actor.is_manager or administrator(actor, row)


def beyond_reps(actor: Actor, row: Any) -> bool:
    """Who answers for what the department knows: managers, HR, administrators."""
    return actor.role in ("manager", "hr", "admin")


def is_self(actor: Actor, user: Any) -> bool:
    return bool(user.id == actor.id)


def is_told(actor: Actor, row: Any) -> bool:
    """Whom a notification or reminder is for."""
    return bool(row.person_id == actor.id)


def reads_case(actor: Actor, case: Case) -> bool:
    return readable(
        audience=case.audience, confidence=case.confidence, owner_id=case.owner_id,
        team_id=case.team_id, reader_id=actor.id, reader_teams=actor.reads_teams,
        reader_is_manager=actor.is_manager,
    )


def owns_case(actor: Actor, case: Case) -> bool:
    return case.owner_id == actor.id


def leads_owner(actor: Actor, case: Case) -> bool:
    """The nearest leader above the owner."""
    return actor.is_line_manager_of(case.owner_id, case.owner.team_id)


def edits_case(actor: Actor, case: Case) -> bool:
    return owns_case(actor, case) or (reads_case(actor, case) and leads_owner(actor, case))


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


def accepts_solution(actor: Actor, case: Case) -> bool:
    """The asker, or a manager who can read the problem."""
    return reads_case(actor, case) and (owns_case(actor, case) or actor.is_manager)


def takes_part(actor: Actor, case: Case) -> bool:
    """Readers propose, comment and say what helped, as long as the case is alive."""
    return reads_case(actor, case) and case.confidence in LIVE


def reads_text(actor: Actor, text: Any) -> bool:
    """A solution, comment or file is as readable as its case."""
    return reads_case(actor, text.case)


def wrote_text(actor: Actor, text: Any) -> bool:
    return bool(text.author_id == actor.id) and reads_text(actor, text)


def withdraws_text(actor: Actor, text: Any) -> bool:
    """Who wrote it, or who answers for the case."""
    return wrote_text(actor, text) or edits_case(actor, text.case)


def accepts_this_solution(actor: Actor, solution: Any) -> bool:
    return accepts_solution(actor, solution.case)


def is_of_person(actor: Actor, row: Any) -> bool:
    """A reuse, a flag or a step of trust of one's own."""
    return bool(row.person_id == actor.id)


def reads_file(actor: Actor, file: Any) -> bool:
    """A file that has no case yet is read by who added it alone."""
    if file.case is None:
        return bool(file.added_by_id == actor.id)
    return reads_case(actor, file.case)


def removes_file(actor: Actor, file: Any) -> bool:
    """Who added it, or who answers for the case."""
    if file.added_by_id == actor.id:
        return reads_file(actor, file)
    return file.case is not None and edits_case(actor, file.case)


def attaches_to_case(actor: Actor, case: Case) -> bool:
    """Who edits it, and who answers or comments there."""
    return edits_case(actor, case) or takes_part(actor, case)


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


def asked_for_it(actor: Actor, row: Any) -> bool:
    """Long work, imports and what an export made are of whoever asked for them."""
    return bool(row.person_id == actor.id)


def imports(actor: Actor, found: Any) -> bool:
    """Their own uploads, as long as they may import."""
    return asked_for_it(actor, found) and manager_or_administrator(actor, found)


def oversees_task(actor: Actor, task: Any) -> bool:
    """Administrators see how far everybody's work is, and may stop it."""
    return asked_for_it(actor, task) or administrator(actor, task)


def leads(actor: Actor, row: Any) -> bool:
    """Managers, and whoever leads a team."""
    return actor.is_manager or bool(actor.tree.led_by(actor.id))


def administrator_or_hr(actor: Actor, row: Any) -> bool:
    return actor.role in ("admin", "hr")


def asks_problem(actor: Actor, case: Case) -> bool:
    return owns_case(actor, case) and case.kind == "problem"


def raised_alert(actor: Actor, alert: Any) -> bool:
    return bool(alert.raised_by_id == actor.id)


def answers_alert(actor: Actor, alert: Any) -> bool:
    """Whoever leads the asker, and whoever the alert is with."""
    asker = alert.case.owner
    leaders = actor.tree.leaders_above(asker.id, asker.team_id)
    return actor.id != asker.id and actor.id in (*leaders, alert.manager_id, alert.handed_to_id)


# --- the table -------------------------------------------------------------------------------


def _on_case(check: Any) -> Permission:
    return Permission(check, of_row=True, sees="case:read")


def _on_text(check: Any) -> Permission:
    return Permission(check, of_row=True, sees="text:read")


POLICY: Mapping[str, Permission] = {
    "portal:use": Permission(anyone_signed_in),
    "people:read": Permission(anyone_signed_in),
    "people:manage": Permission(administrator),
    "lists:manage": Permission(administrator),
    "audit:read": Permission(administrator),
    "synonyms:manage": Permission(manager_or_administrator),
    "gaps:read": Permission(beyond_reps),
    "analysis:by_team": Permission(beyond_reps),
    "channels:manage": Permission(administrator),
    "notification:use": Permission(is_told, of_row=True, sees="notification:use"),
    "reminder:use": Permission(is_told, of_row=True, sees="reminder:use"),
    "calendar:use": Permission(is_told, of_row=True, sees="calendar:use"),
    "case:record": Permission(anyone_signed_in),
    "case:read": Permission(reads_case, of_row=True, sees="case:read"),
    "case:edit": _on_case(edits_case),
    "case:archive": _on_case(edits_case),
    "case:validate": _on_case(validates_case),
    "case:vouch": _on_case(vouches_for),
    "case:hand_over": _on_case(hands_over_case),
    "case:flag": _on_case(flags_case),
    "case:review": Permission(manager),
    "health:read": Permission(beyond_reps),
    "people:hand_over": Permission(hands_over_all, of_row=True, sees="people:read"),
    "verification:undo": Permission(is_of_person, of_row=True, sees="verification:undo"),
    "handover:undo": Permission(handed_over, of_row=True, sees="handover:undo"),
    "flag:resolve": _on_text(answers_flag),
    "flag:reopen": _on_text(resolved_flag),
    "flag:take_back": _on_text(is_of_person),
    "case:propose": _on_case(takes_part),
    "case:comment": _on_case(takes_part),
    "case:praise": _on_case(takes_part),
    "case:reuse": _on_case(takes_part),
    "case:attach": _on_case(attaches_to_case),
    "case:merge": _on_case(merges_case),
    "merge:read": Permission(reads_merge, of_row=True, sees="merge:read"),
    "merge:undo": Permission(undoes_merge, of_row=True, sees="merge:read"),
    "case:accept": _on_case(accepts_solution),
    "options:manage": Permission(administrator),
    "calendar:manage": Permission(administrator_or_hr),
    "alerts:read": Permission(leads),
    "case:alert": _on_case(asks_problem),
    "alert:answer": _on_text(answers_alert),
    "alert:withdraw": _on_text(raised_alert),
    "reuse:review": Permission(is_of_person, of_row=True, sees="reuse:undo"),
    "reuse:undo": Permission(is_of_person, of_row=True, sees="reuse:undo"),
    "text:read": Permission(reads_text, of_row=True, sees="text:read"),
    "text:edit": _on_text(wrote_text),
    "text:withdraw": _on_text(withdraws_text),
    "solution:accept": _on_text(accepts_this_solution),
    "attachment:read": Permission(reads_file, of_row=True, sees="attachment:read"),
    "attachment:remove": Permission(removes_file, of_row=True, sees="attachment:read"),
    "case:import": Permission(manager_or_administrator),
    "case:export": Permission(manager_or_administrator),
    "tasks:oversee": Permission(administrator),
    "task:read": Permission(oversees_task, of_row=True, sees="task:read"),
    "task:cancel": Permission(oversees_task, of_row=True, sees="task:read"),
    "export:fetch": Permission(asked_for_it, of_row=True, sees="export:fetch"),
    "import:use": Permission(imports, of_row=True, sees="import:use"),
}
