"""Handing cases over to another owner, one or all of somebody who left."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from portal.cases.actions.cases import hold_all
from portal.cases.events import CasesHandedOver
from portal.cases.models import Case, Handover
from portal.cases.queries.cases import reads
from portal.cases.rules import PRIVATE
from portal.cases.trust import rules
from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.people.models import User
from portal.people.rules import Actor


def hand_over(
    actor: Actor, cases: Sequence[Case], person: User, now: datetime
) -> list[Handover]:
    """The cases become this person's; what was done, in one batch that is undone together.

    A case for its team alone stays that team's, so that it opens to nobody new; any other
    follows its owner's team. What was vouched for stays so. What somebody else handed over in
    the meantime stays there. Raises `Refused` for drafts, for somebody who left, and when nothing
    changes hands. Publishes `CasesHandedOver`.
    """
    if person.deactivated_at is not None:
        raise Refused(_l("%(name)s has left; choose somebody who is here.", name=person.name))
    owners = {case.id: case.owner_id for case in cases}
    hold_all(cases)
    still = [case for case in cases if case.owner_id == owners[case.id]]
    if cases and not still:
        raise Refused(_l("Somebody else handed this over in the meantime; nothing was changed."))
    batch = secrets.token_hex(8)
    moved = [_hand_over_one(actor, case, person, batch, now)
             for case in still if case.owner_id != person.id]
    if not moved:
        raise Refused(_l("%(name)s is the owner already.", name=person.name))
    # The event names the new id.
    db.session.flush()
    publish(CasesHandedOver(moved[0].id, person.id, len(moved), actor.id))
    return moved


def undo_handover(actor: Actor, handover: Handover, now: datetime) -> list[Case]:
    """All of its batch go back to whose they were, as far as they are still the new owner's.

    What the new owner changed meanwhile and keeps from this person stays; nothing opens to
    anybody who did not read it. Raises `Refused` after 30 days.
    """
    if now - handover.at >= rules.HANDOVER_STANDS_AFTER:
        raise Refused(_l("A handover can be undone for 30 days; these have passed. Ask the new "
                         "owner to hand it over."))
    handed = db.session.scalars(
        select(Handover).where(Handover.batch == handover.batch, Handover.undone_at.is_(None))
        .order_by(Handover.case_id)
    ).all()
    hold_all(row.case for row in handed)
    returned = []
    for row in handed:
        case = row.case
        changed = case.updated_at > row.at
        if case.owner_id == row.to_id and (reads(actor, case) or not changed):
            case.owner, case.byline = row.from_person, row.byline_before
            if case.audience != "team":
                case.team_id = row.team_before
            audit.record(actor.id, "case.handed_back", f"case:{case.id}", now, to=row.from_id)
            returned.append(case)
        row.undone_at = now
    return returned


def _hand_over_one(
    actor: Actor, case: Case, person: User, batch: str, now: datetime
) -> Handover:
    if case.confidence in PRIVATE:
        raise Refused(_l("A draft is its owner's alone; publish it first."))
    row = Handover(
        batch=batch, case_id=case.id, from_id=case.owner_id, to_id=person.id, by_id=actor.id,
        at=now, team_before=case.team_id, byline_before=case.byline,
    )
    db.session.add(row)
    # The owner answers for it; the byline goes on saying who wrote it.
    wrote = case.byline or _signature(case.owner)
    case.byline = None if wrote == _signature(person) else wrote
    case.owner = person
    if case.audience != "team":
        case.team_id = person.team_id
    audit.record(actor.id, "case.handed_over", f"case:{case.id}", now, to=person.id,
                 **{"from": row.from_id})
    return row


def _signature(person: User) -> str:
    """A person as files name them, so that an import finds the account again."""
    return f"{person.name} <{person.login}>"
