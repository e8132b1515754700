"""Who may: by office, and what is a person's own."""

from typing import Any

from portal.people.rules import Actor


def anyone_signed_in(actor: Actor, row: Any) -> bool:
    return True


def administrator(actor: Actor, row: Any) -> bool:
    return actor.role == "admin"


def manager(actor: Actor, row: Any) -> bool:
    return actor.is_manager


def manager_or_administrator(actor: Actor, row: Any) -> bool:
    """Who knows the words of the trade, and who arranges the portal."""
    return actor.is_manager or administrator(actor, row)


def administrator_or_hr(actor: Actor, row: Any) -> bool:
    return actor.role in ("admin", "hr")


def beyond_reps(actor: Actor, row: Any) -> bool:
    """Who answers for what the department knows: managers, HR, administrators."""
    return actor.role in ("manager", "hr", "admin")


def leads(actor: Actor, row: Any) -> bool:
    """Managers, and whoever leads a team."""
    return actor.is_manager or bool(actor.tree.led_by(actor.id))


def is_theirs(actor: Actor, row: Any) -> bool:
    """What one person was told, asked for, kept or said."""
    return bool(row.person_id == actor.id)


def oversees_task(actor: Actor, task: Any) -> bool:
    """Administrators see how far everybody's work is, and may stop it."""
    return is_theirs(actor, task) or administrator(actor, task)


def imports(actor: Actor, found: Any) -> bool:
    """Their own uploads, as long as they may import."""
    return is_theirs(actor, found) and manager_or_administrator(actor, found)
