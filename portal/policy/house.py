"""Who may do what with people, lists, options, messages and long work."""

from portal.core.access import Permission, Policy
from portal.policy.offices import (
    administrator,
    administrator_or_hr,
    anyone_signed_in,
    beyond_reps,
    is_theirs,
    manager_or_administrator,
    oversees_task,
)

POLICY: Policy = {
    "portal:use": Permission(anyone_signed_in),
    "people:read": Permission(anyone_signed_in),
    "people:manage": Permission(administrator),
    "lists:manage": Permission(administrator),
    "options:manage": Permission(administrator),
    "calendar:manage": Permission(administrator_or_hr),
    "channels:manage": Permission(administrator),
    "synonyms:manage": Permission(manager_or_administrator),
    "gaps:read": Permission(beyond_reps),
    "audit:read": Permission(administrator),
    "notification:use": Permission(is_theirs, of_row=True, sees="notification:use"),
    "reminder:use": Permission(is_theirs, of_row=True, sees="reminder:use"),
    "calendar:use": Permission(is_theirs, of_row=True, sees="calendar:use"),
    "tasks:oversee": Permission(administrator),
    "task:read": Permission(oversees_task, of_row=True, sees="task:read"),
    "task:cancel": Permission(oversees_task, of_row=True, sees="task:read"),
}
