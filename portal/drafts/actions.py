"""Keeping what is typed, sending it once, and throwing it away with a way back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.drafts import rules
from portal.drafts.models import Draft
from portal.drafts.rules import Fields, Typed
from portal.extensions import db
from portal.people.rules import Actor


@dataclass(frozen=True)
class Sent:
    """What came of an earlier sending; `kept` is a draft of what differs from it."""

    ref: str
    kept: Draft | None


def save(actor: Actor, key: str, typed: Typed, now: datetime) -> Draft:
    """Keep the fields as they are, valid or not, and say where.

    What another window saved meanwhile is not overwritten: these fields then become a draft
    beside it. So do fields that differ from what was sent already. Raises `Refused` for what is
    too large or too many.
    """
    _check(typed.fields, key, typed.form)
    row = _held(actor, key, typed, now)
    digest = rules.digest_of(typed.fields)
    if _is_same(row, typed, digest) or _left_behind(row, typed):
        return row
    if row.sent_ref is not None or _is_elsewhere(row, typed):
        return save(actor, rules.key_beside(key, typed.tab or digest), typed, now)
    if row.ended_at is not None or not row.version:
        _check_room(actor)
    return _write(row, typed, digest, now)


def forget_blank(actor: Actor, key: str, typed: Typed, now: datetime) -> None:
    """Nothing of one's own is left in the form: then it is no draft."""
    row = db.session.scalar(_of(actor, key).with_for_update())
    if row is not None and row.ended_at is None and not _is_elsewhere(row, typed):
        row.ended_at = now


def claim(actor: Actor, key: str, typed: Typed, now: datetime) -> Sent | None:
    """Before sending: what came of an earlier sending with this key, or None for the first one.

    Holds the key until the transaction ends, so that of two sendings at the same moment one
    waits for the other. What another window saved under the key stays, as a draft beside it.
    """
    if not rules.is_key(key):
        return None
    row = _held(actor, key, typed, now)
    digest = rules.digest_of(typed.fields)
    if row.sent_ref is not None:
        if _is_same(row, typed, digest):
            return Sent(row.sent_ref, None)
        # Changed after the answer was lost, perhaps in the very window that sent it.
        beside = rules.key_beside(key, typed.tab or digest)
        return Sent(row.sent_ref, save(actor, beside, typed, now))
    if row.ended_at is None and row.digest != digest and _is_elsewhere(row, typed):
        other = Typed(row.form, dict(row.fields), tab=row.tab)
        save(actor, rules.key_beside(key, row.tab or row.digest), other, now)
    row.form, row.digest, row.tab = typed.form, digest, typed.tab
    return None


def end(actor: Actor, key: str, ref: str, now: datetime) -> None:
    """It was sent, and this record came of it. The words are there now, and no longer here."""
    row = db.session.scalar(_of(actor, key)) if rules.is_key(key) else None
    if row is not None:
        row.ended_at, row.sent_ref, row.fields = now, ref, {}


def discard(draft: Draft, now: datetime) -> None:
    """Out of one's lists; `bring_back` undoes it."""
    if draft.ended_at is None:
        draft.ended_at = now


def bring_back(draft: Draft) -> None:
    """A draft again, unless it was sent."""
    if draft.sent_ref is None:
        draft.ended_at = None


def _held(actor: Actor, key: str, typed: Typed, now: datetime) -> Draft:
    """The row of this key, made when there is none, and nobody else's until the end."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    values = {"person_id": actor.id, "key": key, "form": typed.form, "title": "", "fields": {},
              "digest": "", "version": 0, "tab": "", "saved_at": now, "ended_at": now}
    db.session.execute(dialect.insert(Draft.__table__).on_conflict_do_nothing(), [values])
    query = _of(actor, key).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one()


def _write(row: Draft, typed: Typed, digest: str, now: datetime) -> Draft:
    row.form, row.fields, row.title = typed.form, typed.fields, rules.title_of(typed.fields)
    row.digest, row.tab, row.saved_at, row.ended_at = digest, typed.tab, now, None
    row.version += 1
    return row


def _is_elsewhere(row: Draft, typed: Typed) -> bool:
    return rules.is_elsewhere(version=row.version, tab=row.tab, seen=typed.version,
                              mine=typed.tab)


def _is_same(row: Draft, typed: Typed, digest: str) -> bool:
    """The same words in a form of another kind are another text."""
    return row.digest == digest and row.form == typed.form


def _left_behind(row: Draft, typed: Typed) -> bool:
    """Whether this is a save that the sending from the same window has overtaken."""
    return row.sent_ref is not None and bool(typed.tab) and row.tab == typed.tab


def _check(fields: Fields, key: str, form: str) -> None:
    if not rules.is_key(key) or rules.FORM.fullmatch(form) is None:
        raise Refused(_l("This draft cannot be kept: its address is not right."))
    if rules.size_of(fields) > rules.LARGEST or len(fields) > rules.MOST_FIELDS:
        raise Refused(_l("This text is too long to be kept as a draft: at most 600 KB."))


def _check_room(actor: Actor) -> None:
    count = select(func.count()).where(Draft.person_id == actor.id, Draft.ended_at.is_(None))
    if (db.session.scalar(count) or 0) >= rules.MOST_OPEN:
        raise Refused(_l("You have 200 drafts already. Send or discard some of them first."))


def _of(actor: Actor, key: str) -> Select[Draft]:
    return select(Draft).where(Draft.person_id == actor.id, Draft.key == key)
