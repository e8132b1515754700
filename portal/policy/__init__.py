"""Who may do what: the whole answer on one page; the predicates it names stand beside it.

`of_row` permissions are asked about a record; `sees` names the permission whose refusal answers
404 instead of 403. Everything that is not declared here is denied.
"""

from collections.abc import Mapping
from typing import Any

from portal.core.access import Permission
from portal.policy.care import edits_care, reads_care
from portal.policy.claims import (
    answers_claim,
    decides_claim,
    edits_claim,
    reads_claim,
    reads_claim_photo,
)
from portal.policy.customers import (
    adds_deal,
    allocates_customers,
    assigns_customer,
    assigns_lead,
    edits_customer,
    edits_lead,
    imports_leads,
    notes_customer,
    reads_contact,
    reads_customer,
    reads_entry,
    reads_lead,
    restores_lead,
    reviews_channels,
    sells,
    staffs_customer,
    voids_customer,
    voids_lead,
)
from portal.policy.library import (
    accepts_solution,
    accepts_this_solution,
    attaches_to_case,
    edits_case,
    reads_case,
    reads_file,
    reads_text,
    removes_file,
    takes_part,
    withdraws_text,
    wrote_text,
)
from portal.policy.loop import changes_use, closes_lead
from portal.policy.money import (
    edits_receivable,
    reads_payment,
    reads_receivable,
    voids_payment,
)
from portal.policy.offices import (
    administrator,
    administrator_or_hr,
    anyone_signed_in,
    beyond_reps,
    imports,
    is_theirs,
    leads,
    manager,
    manager_or_administrator,
    oversees_task,
)
from portal.policy.pool import (
    arranges_allocation,
    claims_lead,
    did_step,
    hands_out,
    returns_lead,
)
from portal.policy.stages import decides_review, moves_lead, reads_review, withdraws_review
from portal.policy.trust import (
    answers_alert,
    answers_flag,
    asks_in_alert,
    asks_problem,
    flags_case,
    handed_over,
    hands_over_all,
    hands_over_case,
    merges_case,
    reads_merge,
    resolved_flag,
    undoes_merge,
    validates_case,
    vouches_for,
)
from portal.policy.visits import (
    comments_on_visit,
    edits_visit,
    looks_at_weeks,
    reads_visit,
    voids_visit,
)


def _on_case(check: Any) -> Permission:
    return Permission(check, of_row=True, sees="case:read")


def _on_text(check: Any) -> Permission:
    return Permission(check, of_row=True, sees="text:read")


def _on_customer(check: Any) -> Permission:
    return Permission(check, of_row=True, sees="customer:read")


def _on_lead(check: Any) -> Permission:
    return Permission(check, of_row=True, sees="lead:read")


def _on_gate_review(check: Any) -> Permission:
    return Permission(check, of_row=True, sees="gate_review:read")


def _on_visit(check: Any) -> Permission:
    return Permission(check, of_row=True, sees="visit:read")


def _on_claim(check: Any) -> Permission:
    return Permission(check, of_row=True, sees="claim:read")


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
    "notification:use": Permission(is_theirs, of_row=True, sees="notification:use"),
    "reminder:use": Permission(is_theirs, of_row=True, sees="reminder:use"),
    "calendar:use": Permission(is_theirs, of_row=True, sees="calendar:use"),
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
    "verification:undo": Permission(is_theirs, of_row=True, sees="verification:undo"),
    "handover:undo": Permission(handed_over, of_row=True, sees="handover:undo"),
    "flag:resolve": _on_text(answers_flag),
    "flag:reopen": _on_text(resolved_flag),
    "flag:take_back": _on_text(is_theirs),
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
    "alert:withdraw": _on_text(asks_in_alert),
    "reuse:review": Permission(is_theirs, of_row=True, sees="reuse:undo"),
    "reuse:undo": Permission(is_theirs, of_row=True, sees="reuse:undo"),
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
    "export:fetch": Permission(is_theirs, of_row=True, sees="export:fetch"),
    "lead:use": Permission(sells),
    "customer:read": _on_customer(reads_customer),
    "customer:edit": _on_customer(edits_customer),
    "customer:deal": _on_customer(adds_deal),
    "customer:assign": _on_customer(assigns_customer),
    "customer:note": _on_customer(notes_customer),
    "customer:staff": _on_customer(staffs_customer),
    "customer:void": _on_customer(voids_customer),
    "customer:allocate": Permission(allocates_customers),
    "contact:read": Permission(reads_contact, of_row=True, sees="contact:read"),
    "entry:read": Permission(reads_entry, of_row=True, sees="entry:read"),
    "lead:read": _on_lead(reads_lead),
    "lead:edit": _on_lead(edits_lead),
    "lead:assign": _on_lead(assigns_lead),
    "lead:void": _on_lead(voids_lead),
    "lead:restore": _on_lead(restores_lead),
    "view:use": Permission(is_theirs, of_row=True, sees="view:use"),
    "lead:import": Permission(sells),
    "lead:close": _on_lead(closes_lead),
    "lead:reopen": _on_lead(closes_lead),
    "use:change": Permission(changes_use, of_row=True, sees="use:change"),
    "lead:move": _on_lead(moves_lead),
    "gate_review:read": _on_gate_review(reads_review),
    "gate_review:decide": _on_gate_review(decides_review),
    "gate_review:withdraw": _on_gate_review(withdraws_review),
    "stages:manage": Permission(administrator),
    "scoring:manage": Permission(administrator),
    "care:read": Permission(reads_care, of_row=True, sees="care:read"),
    "care:edit": Permission(edits_care, of_row=True, sees="care:read"),
    "feedback:edit": Permission(edits_care, of_row=True, sees="care:read"),
    "receivable:read": Permission(reads_receivable, of_row=True, sees="receivable:read"),
    "receivable:edit": Permission(edits_receivable, of_row=True, sees="receivable:read"),
    "payment:read": Permission(reads_payment, of_row=True, sees="payment:read"),
    "payment:void": Permission(voids_payment, of_row=True, sees="payment:read"),
    "lead:claim": Permission(claims_lead, of_row=True, sees="lead:claim"),
    "lead:return": _on_lead(returns_lead),
    "pool:undo": Permission(did_step, of_row=True, sees="pool:undo"),
    "allocation:manage": Permission(arranges_allocation),
    "allocation:run": Permission(hands_out),
    "claim:read": _on_claim(reads_claim),
    "claim:edit": _on_claim(edits_claim),
    "claim:answer": _on_claim(answers_claim),
    "claim:decide": _on_claim(decides_claim),
    "claim_photo:read": Permission(reads_claim_photo, of_row=True, sees="claim_photo:read"),
    "channel:review": Permission(reviews_channels),
    "visit:read": _on_visit(reads_visit),
    "visit:edit": _on_visit(edits_visit),
    "visit:comment": _on_visit(comments_on_visit),
    "visit:void": _on_visit(voids_visit),
    "visit:lead": Permission(looks_at_weeks),
    "import:use": Permission(imports, of_row=True, sees="import:use"),
    "lead_import:use": Permission(imports_leads, of_row=True, sees="lead_import:use"),
}
