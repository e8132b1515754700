"""Who may do what: the whole answer on one page.

`of_row` permissions are asked about a record; `sees` names the permission whose refusal answers
404 instead of 403. Everything that is not declared here is denied.
"""

from collections.abc import Mapping
from typing import Any

from portal.cases.models import Case
from portal.cases.rules import LIVE, readable
from portal.core.access import Permission
from portal.people.rules import Actor

# --- predicates ------------------------------------------------------------------------------


def anyone_signed_in(actor: Actor, row: Any) -> bool:
    return True


def administrator(actor: Actor, row: Any) -> bool:
    return actor.role == "admin"


def manager_or_administrator(actor: Actor, row: Any) -> bool:
    """Who knows the words of the trade, and who arranges the portal."""
    return actor.is_manager or administrator(actor, row)


def beyond_reps(actor: Actor, row: Any) -> bool:
    """Who answers for what the department knows: managers, HR, administrators."""
    return actor.role in ("manager", "hr", "admin")


def is_self(actor: Actor, user: Any) -> bool:
    return bool(user.id == actor.id)


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


def validates_case(actor: Actor, case: Case) -> bool:
    """Whoever leads the owner vouches for the case; where nobody does, any other manager.

    The owner re-verifies what was vouched for once.
    """
    if owns_case(actor, case):
        return case.confidence == "validated"
    leaders = actor.tree.leaders_above(case.owner_id, case.owner.team_id)
    vouches = actor.id in leaders or not leaders
    return actor.is_manager and vouches and reads_case(actor, case)


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


def counted_reuse(actor: Actor, reuse: Any) -> bool:
    return bool(reuse.person_id == actor.id)


def edits_case_of(actor: Actor, attachment: Any) -> bool:
    return edits_case(actor, attachment.case)


def asked_for_it(actor: Actor, row: Any) -> bool:
    """Long work, imports and what an export made are of whoever asked for them."""
    return bool(row.person_id == actor.id)


def oversees_task(actor: Actor, task: Any) -> bool:
    """Administrators see how far everybody's work is, and may stop it."""
    return asked_for_it(actor, task) or administrator(actor, task)


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
    "case:record": Permission(anyone_signed_in),
    "case:read": Permission(reads_case, of_row=True, sees="case:read"),
    "case:edit": _on_case(edits_case),
    "case:archive": _on_case(edits_case),
    "case:validate": _on_case(validates_case),
    "case:propose": _on_case(takes_part),
    "case:comment": _on_case(takes_part),
    "case:praise": _on_case(takes_part),
    "case:reuse": _on_case(takes_part),
    "case:accept": _on_case(accepts_solution),
    "reuse:undo": Permission(counted_reuse, of_row=True, sees="reuse:undo"),
    "text:read": Permission(reads_text, of_row=True, sees="text:read"),
    "text:edit": _on_text(wrote_text),
    "text:withdraw": _on_text(withdraws_text),
    "solution:accept": _on_text(accepts_this_solution),
    "attachment:read": Permission(reads_text, of_row=True, sees="text:read"),
    "attachment:remove": _on_text(edits_case_of),
    "case:import": Permission(manager_or_administrator),
    "case:export": Permission(manager_or_administrator),
    "tasks:oversee": Permission(administrator),
    "task:read": Permission(oversees_task, of_row=True, sees="task:read"),
    "task:cancel": Permission(oversees_task, of_row=True, sees="task:read"),
    "export:fetch": Permission(asked_for_it, of_row=True, sees="export:fetch"),
    "import:use": Permission(asked_for_it, of_row=True, sees="import:use"),
}
