"""What people do with their searches, and with questions that nobody answers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, delete, exists, select, update

from portal.core import audit, clock, jobs
from portal.core.unit_of_work import transaction
from portal.extensions import db
from portal.people.rules import Actor
from portal.search.log.keys import kept_text, key_of
from portal.search.log.models import GapDecision, LoggedSearch
from portal.search.log.rules import KEPT, OPENED_WITHIN, TYPING, Asked
from portal.search.log.waiting import WAITING
from portal.search.log.writing import write


def open_hit(actor: Actor, text: str, ref: str, rank: int | None, now: datetime) -> None:
    """Somebody opened a record that they searched for; `rank` is its place, counted from 1.

    It belongs to their latest search in these words, if that is at most 30 minutes old.
    """
    text = kept_text(text)
    key = key_of(text)
    if not key:
        return
    asked = WAITING.take(actor.id, key)
    if asked is None:
        row = db.session.scalar(_latest(actor.id, key, now))
        if row is not None:
            row.opened_ref, row.opened_rank = ref, rank
            return
        asked = Asked(person_id=actor.id, text=text, key=key,
                      total=rank or 1, surface=TYPING, narrowed=False, at=now)
    write([replace(asked, opened_ref=ref, opened_rank=rank)])


def _latest(person_id: int, key: str, now: datetime) -> Select[LoggedSearch]:
    return (
        select(LoggedSearch)
        .where(LoggedSearch.person_id == person_id, LoggedSearch.key == key,
               LoggedSearch.searched_at >= now - OPENED_WITHIN)
        .order_by(LoggedSearch.searched_at.desc(), LoggedSearch.id.desc()).limit(1)
    )


def clear_history(actor: Actor) -> None:
    """What this person searched stays in the counts, and is nobody's any more."""
    WAITING.forget(actor.id)
    db.session.execute(
        update(LoggedSearch).where(LoggedSearch.person_id == actor.id).values(person_id=None)
    )


def forget_one(actor: Actor, text: str) -> None:
    """The same for one question."""
    key = key_of(text)
    WAITING.take(actor.id, key)
    db.session.execute(
        update(LoggedSearch)
        .where(LoggedSearch.person_id == actor.id, LoggedSearch.key == key)
        .values(person_id=None)
    )


def dismiss(actor: Actor, key: str, now: datetime) -> None:
    """This is no gap: it stays away from the list until it is restored."""
    key = key_of(key)
    if _is_known(key):
        _decide(actor.id, key, "dismissed", None, now)


def restore(actor: Actor, key: str, now: datetime) -> None:
    """A gap after all; also takes back that it was asked."""
    decision = db.session.get(GapDecision, key_of(key))
    if decision is not None:
        db.session.delete(decision)
        audit.record(actor.id, "gap.restored", f"gap:{decision.key}", now)


def gap_asked(actor_id: int, key: str, ref: str, now: datetime) -> None:
    """Somebody recorded the question as `ref`; what nobody ever searched is no gap."""
    key = key_of(key)
    if _is_known(key):
        _decide(actor_id, key, "asked", ref, now)


def gap_settled(ref: str, now: datetime) -> None:
    """The question has its solution: from now on searches in vain count anew."""
    db.session.execute(
        update(GapDecision).where(GapDecision.ref == ref).values(decided_at=now)
    )


def _is_known(key: str) -> bool:
    return bool(key) and bool(db.session.scalar(select(exists().where(LoggedSearch.key == key))))


def _decide(actor_id: int, key: str, verdict: str, ref: str | None, now: datetime) -> None:
    decision = db.session.get(GapDecision, key) or GapDecision(key=key)
    decision.verdict, decision.ref = verdict, ref
    decision.decided_by_id, decision.decided_at = actor_id, now
    db.session.add(decision)
    audit.record(actor_id, f"gap.{verdict}", f"gap:{key}", now, **({"ref": ref} if ref else {}))


@jobs.job("forget_searches", every_minutes=24 * 60)
def forget_old_searches() -> None:
    """What a clock asks for."""
    with transaction():
        forget_before(clock.now() - KEPT)


def forget_before(moment: datetime) -> None:
    """Remove searches from before, and decisions on questions that nobody asked since."""
    db.session.execute(delete(LoggedSearch).where(LoggedSearch.searched_at < moment))
    asked_since = exists().where(LoggedSearch.key == GapDecision.key)
    db.session.execute(
        delete(GapDecision).where(GapDecision.decided_at < moment, ~asked_since)
    )
