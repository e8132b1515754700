"""Addressing a problem to one colleague."""

from datetime import datetime

from portal.cases import rules
from portal.cases.actions.cases import hold
from portal.cases.events import CaseAsked
from portal.cases.models import Case
from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.people.models import User
from portal.people.rules import Actor


def ask_colleague(actor: Actor, case: Case, person: User | None, now: datetime) -> bool:
    """Let the problem wait for this person's answer, or for nobody's in particular; whether that
    changed.

    Raises `Refused` for somebody who could not read it once it is published, who has left, or
    who asks. It is no part of the text, so no revision comes of it. Publishes `CaseAsked`.
    """
    hold(case)
    if person is not None:
        _check(actor, case, person)
    asked_id = person.id if person else None
    if asked_id == case.asked_id:
        return False
    case.asked_id = asked_id
    audit.record(actor.id, "case.asked", f"case:{case.id}", now, asked=asked_id)
    if asked_id is not None:
        publish(CaseAsked(case.id, asked_id, actor.id))
    return True


def _check(actor: Actor, case: Case, person: User) -> None:
    if case.kind != "problem":
        raise Refused(_l("Only a problem is addressed to somebody."))
    if person.id == case.owner_id:
        raise Refused(_l("It is %(name)s who asks; choose somebody else.", name=person.name))
    if person.deactivated_at is not None and person.id != case.asked_id:
        raise Refused(_l("%(name)s no longer works here; choose somebody else.",
                         name=person.name))
    if not _could_read(actor, case, person):
        raise Refused(_l("%(name)s may not read this problem; choose somebody else, or change "
                         "who may read it.", name=person.name))


def _could_read(actor: Actor, case: Case, person: User) -> bool:
    """Whether the person may read it once it is published: a draft asks nobody yet."""
    reader = Actor(person.id, person.role, person.team_id, actor.tree)
    return rules.readable(
        audience=case.audience, confidence="not_validated", owner_id=case.owner_id,
        team_id=case.team_id, reader_id=reader.id, reader_teams=reader.reads_teams,
        reader_is_manager=reader.is_manager,
    )
