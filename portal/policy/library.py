"""Who may do what with a case, its texts and files."""

from typing import Any

from portal.cases.models import Case
from portal.cases.queries.cases import reads
from portal.cases.rules import LIVE
from portal.core.access import Permission, Policy
from portal.people.rules import Actor
from portal.policy.offices import (
    anyone_signed_in,
    beyond_reps,
    imports,
    is_theirs,
    manager_or_administrator,
)


def reads_case(actor: Actor, case: Case) -> bool:
    return reads(actor, case)


def owns_case(actor: Actor, case: Case) -> bool:
    return case.owner_id == actor.id


def leads_owner(actor: Actor, case: Case) -> bool:
    """The nearest leader above the owner."""
    return actor.is_line_manager_of(case.owner_id, case.owner.team_id)


def edits_case(actor: Actor, case: Case) -> bool:
    return owns_case(actor, case) or (reads_case(actor, case) and leads_owner(actor, case))


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


POLICY: Policy = {
    "case:record": Permission(anyone_signed_in),
    "case:read": Permission(reads_case, of_row=True, sees="case:read"),
    "case:edit": Permission(edits_case, of_row=True, sees="case:read"),
    "case:archive": Permission(edits_case, of_row=True, sees="case:read"),
    "case:accept": Permission(accepts_solution, of_row=True, sees="case:read"),
    "case:propose": Permission(takes_part, of_row=True, sees="case:read"),
    "case:comment": Permission(takes_part, of_row=True, sees="case:read"),
    "case:praise": Permission(takes_part, of_row=True, sees="case:read"),
    "case:reuse": Permission(takes_part, of_row=True, sees="case:read"),
    "case:attach": Permission(attaches_to_case, of_row=True, sees="case:read"),
    "text:read": Permission(reads_text, of_row=True, sees="text:read"),
    "text:edit": Permission(wrote_text, of_row=True, sees="text:read"),
    "text:withdraw": Permission(withdraws_text, of_row=True, sees="text:read"),
    "solution:accept": Permission(accepts_this_solution, of_row=True, sees="text:read"),
    "attachment:read": Permission(reads_file, of_row=True, sees="attachment:read"),
    "attachment:remove": Permission(removes_file, of_row=True, sees="attachment:read"),
    "analysis:by_team": Permission(beyond_reps),
    "health:read": Permission(beyond_reps),
    "case:import": Permission(manager_or_administrator),
    "case:export": Permission(manager_or_administrator),
    "import:use": Permission(imports, of_row=True, sees="import:use"),
    "export:fetch": Permission(is_theirs, of_row=True, sees="export:fetch"),
}
