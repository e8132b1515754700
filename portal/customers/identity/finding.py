"""Who else it could be: one customer against all others, in a few statements by index."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select

from portal.customers.identity.alike import LEAST, likeness
from portal.customers.identity.comparing import is_telling, verdict_of
from portal.customers.identity.content import Identity, Match
from portal.customers.identity.held import Held, keys_of, sound_of
from portal.customers.identity.names import COUNTRY
from portal.customers.identity.rules import (
    BLOCK,
    CODE,
    DIFFERENT,
    NAME,
    PHONE,
    SEVERITY,
    SUGGEST,
    WARN,
    NameKey,
    bare_number,
)
from portal.customers.identity.words import stems
from portal.customers.models import IdentityKey
from portal.extensions import db

LIMIT = 20
# How many beginnings are looked at; a name of one sign begins many.
NEAR, SOUNDING = 300, 30
LAST_SIGN = "\U0010ffff"
MOST_NAMES = 12

KeyRow = Row[str, str, str, str, int]


def matches(
    identity: Identity, *, except_id: int | None = None, limit: int = LIMIT, fuzzy: bool = True
) -> list[Match]:
    """Customers that it is, probably is, or is spelled like; the surest first.

    Each customer stands once for each sort of key. `fuzzy=False` leaves the last sort out.
    """
    keys = keys_of(identity)
    rows = [row for row in _rows(_alike(keys)) if row.customer_id != except_id]
    found = [match for key in keys for row in rows if (match := judge(key, row)) is not None]
    if fuzzy:
        found += _suggested([key.name_key for key in keys if key.kind == NAME], except_id)
    return surest(found)[:limit]


def surest(found: Iterable[Match]) -> list[Match]:
    """Of one customer and one sort of key only the surest, in order of severity."""
    best: dict[tuple[int, str], Match] = {}
    for match in sorted(found, key=lambda each: SEVERITY[each.verdict]):
        best.setdefault((match.customer_id, match.key), match)
    certain = {match.customer_id for match in best.values() if match.verdict != SUGGEST}
    return [match for match in best.values()
            if match.verdict != SUGGEST or match.customer_id not in certain]


def judge(key: Held, row: KeyRow | Held) -> Match | None:
    """What a stored key says about a computed one, if anything."""
    customer_id = getattr(row, "customer_id", 0)
    if key.kind != row.kind:
        return None
    if key.kind == NAME:
        verdict = verdict_of(key.name_key, NameKey(row.value, row.region, row.branch))
        return None if verdict == DIFFERENT else Match(customer_id, NAME, verdict, row.value)
    if key.value == row.value:
        return Match(customer_id, key.kind, BLOCK, row.value)
    if key.kind == PHONE and bare_number(key.value) == bare_number(row.value):
        return Match(customer_id, PHONE, WARN, row.value)
    return None


def _rows(condition: ColumnElement[bool] | None) -> Sequence[KeyRow]:
    return [] if condition is None else db.session.execute(_columns().where(condition)).all()


def _columns() -> Select[str, str, str, str, int]:
    return select(IdentityKey.kind, IdentityKey.value, IdentityKey.region, IdentityKey.branch,
                  IdentityKey.customer_id)


def _alike(keys: Iterable[Held]) -> ColumnElement[bool] | None:
    """The stored keys that can block or warn."""
    exact: dict[str, set[str]] = {}
    beginnings: set[tuple[str, str]] = set()
    for key in keys:
        exact.setdefault(key.kind, set()).update(related(key))
        if key.kind == NAME and is_telling(key.value):
            beginnings.add((NAME, key.value))
        elif key.kind == PHONE:
            beginnings.add((PHONE, f"{bare_number(key.value)};ext="))
    parts = [and_(IdentityKey.kind == kind, IdentityKey.value.in_(sorted(values)))
             for kind, values in exact.items()]
    parts += [starts(kind, beginning) for kind, beginning in sorted(beginnings)[:MOST_NAMES]]
    return or_(*parts) if parts else None


def related(key: Held) -> set[str]:
    """The stored values that can block or warn, apart from longer ones."""
    if key.kind == PHONE:
        return {key.value, bare_number(key.value)}
    if key.kind == CODE:
        return {key.value}
    return {*stems(key.value), COUNTRY + key.value, key.value.removeprefix(COUNTRY)} - {""}


def starts(kind: str, beginning: str) -> ColumnElement[bool]:
    """Values that begin so, found by the index in both databases."""
    return and_(IdentityKey.kind == kind, IdentityKey.value > beginning,
                IdentityKey.value < beginning + LAST_SIGN)


def _suggested(names: Sequence[NameKey], except_id: int | None) -> list[Match]:
    found: list[tuple[float, Match]] = []
    for name in names[:MOST_NAMES]:
        sound = sound_of(name.core)
        for value, row_sound, customer_id in _near(name.core, sound):
            told = likeness(name.core, value, sounds_equal=row_sound == sound)
            if told >= LEAST and customer_id != except_id:
                found.append((-told, Match(customer_id, NAME, SUGGEST, value)))
    return [match for _, match in sorted(found, key=lambda each: each[0])]


def _near(core: str, sound: str) -> Iterable[Row[str, str, int]]:
    columns = select(IdentityKey.value, IdentityKey.sound, IdentityKey.customer_id)
    yield from db.session.execute(
        columns.where(IdentityKey.sound == sound, IdentityKey.kind == NAME).limit(SOUNDING))
    yield from db.session.execute(columns.where(starts(NAME, core[:2])).limit(NEAR))
    if len(core) > MOST_SIGNS_BEFORE:
        one_wrong = and_(starts(NAME, core[:1]), IdentityKey.value.like(f"{core[0]}_{core[2:]}"))
        yield from db.session.execute(columns.where(one_wrong).limit(SOUNDING))


# A name must have more signs for one of them to be wrong.
MOST_SIGNS_BEFORE = 3
