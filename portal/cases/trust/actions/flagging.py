"""Flags: a reader says what is wrong with a case, whose it is answers."""

from datetime import datetime

from sqlalchemy import select

from portal.cases.actions.cases import hold
from portal.cases.events import CaseFlagged, FlagReopened, FlagResolved
from portal.cases.models import Case, Flag
from portal.cases.rules import LIVE
from portal.cases.trust import rules
from portal.core import audit
from portal.core.errors import Refused
from portal.core.events import publish
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.extensions import db
from portal.people.rules import Actor


def raise_flag(
    actor: Actor, case: Case, reason: str, note: str, duplicate_of: Case | None, now: datetime
) -> Flag:
    """Say that something is wrong; nothing is hidden by it.

    Raises `Refused` for a second open flag of the same person, an unknown reason, "other" without
    a word, and a duplicate of nothing. Publishes `CaseFlagged`.
    """
    _check(case, reason, note, duplicate_of)
    hold(case)
    if case.confidence not in LIVE:
        raise Refused(_l("Only a published case can be flagged."))
    if _open_flag(actor, case) is not None:
        raise Refused(_l("You have flagged this case already; its owner has been told."))
    flag = Flag(
        case_id=case.id, person_id=actor.id, reason=reason, note=line(note), created_at=now,
        duplicate_of_id=duplicate_of.id if duplicate_of else None,
    )
    db.session.add(flag)
    # The event names the new id.
    db.session.flush()
    audit.record(actor.id, "case.flagged", f"case:{case.id}", now, reason=reason)
    publish(CaseFlagged(flag.id, case.id, actor.id))
    return flag


def resolve_flag(
    actor: Actor, flag: Flag, resolution: str, answer: str, now: datetime
) -> None:
    """Answer a flag with a word; twice does no more than once. Publishes `FlagResolved`."""
    if resolution not in (*rules.RESOLUTIONS, rules.TAKEN_BACK):
        raise Refused(_l("Say how it was settled."))
    if len(answer) > rules.LONGEST_NOTE:
        raise Refused(_l("At most 500 characters."))
    hold(flag.case)
    db.session.refresh(flag)
    if flag.resolved_at is not None:
        return
    flag.resolved_at, flag.resolved_by_id = now, actor.id
    flag.resolution, flag.answer = resolution, line(answer)
    audit.record(actor.id, "flag.resolved", f"case:{flag.case_id}", now, resolution=resolution)
    publish(FlagResolved(flag.id, flag.case_id, actor.id))


def reopen_flag(actor: Actor, flag: Flag, now: datetime) -> None:
    """Take one's answer back; the flag waits again. Publishes `FlagReopened`.

    Raises `Refused` when the same person has raised another one since.
    """
    hold(flag.case)
    db.session.refresh(flag)
    if flag.resolved_at is None:
        return
    again = select(Flag.id).where(
        Flag.case_id == flag.case_id, Flag.person_id == flag.person_id,
        Flag.resolved_at.is_(None),
    )
    if db.session.scalar(again) is not None:
        raise Refused(_l("The case has been flagged anew since; nothing was undone."))
    flag.resolved_at = flag.resolved_by_id = flag.resolution = None
    flag.answer = ""
    audit.record(actor.id, "flag.reopened", f"case:{flag.case_id}", now)
    publish(FlagReopened(flag.id, flag.case_id, actor.id))


def merged_flags(case: Case, actor_id: int, now: datetime) -> None:
    """The case went into another one: what was said about two of a kind is settled."""
    for flag in db.session.scalars(
        select(Flag).where(Flag.case_id == case.id, Flag.resolved_at.is_(None))
    ).all():
        flag.resolved_at, flag.resolved_by_id, flag.resolution = now, actor_id, "merged"
        publish(FlagResolved(flag.id, case.id, actor_id))


def unmerged_flags(case: Case, merged_at: datetime, actor_id: int) -> None:
    """The case stands for itself again: what only the merge had settled waits again."""
    for flag in db.session.scalars(
        select(Flag).where(Flag.case_id == case.id, Flag.resolution == "merged",
                           Flag.resolved_at >= merged_at)
    ).all():
        flag.resolved_at = flag.resolved_by_id = flag.resolution = None
        publish(FlagReopened(flag.id, case.id, actor_id))


def _check(case: Case, reason: str, note: str, duplicate_of: Case | None) -> None:
    if reason not in rules.REASONS:
        raise Refused(_l("Choose what is wrong."))
    if len(note) > rules.LONGEST_NOTE:
        raise Refused(_l("At most 500 characters."))
    if reason == "other" and not line(note):
        raise Refused(_l("Say in a few words what is wrong."))
    if reason == "duplicate" and (duplicate_of is None or duplicate_of.id == case.id):
        raise Refused(_l("Name the other case: paste its address or its number."))


def _open_flag(actor: Actor, case: Case) -> Flag | None:
    return db.session.scalar(select(Flag).where(
        Flag.case_id == case.id, Flag.person_id == actor.id, Flag.resolved_at.is_(None)
    ))
