"""The verdict about each row: who has the company already, in the portal or further up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from portal.core.i18n import lazy_gettext as _l
from portal.customers.identity.content import Match
from portal.customers.identity.keys import matches_of_many
from portal.customers.identity.rules import BLOCK, WARN
from portal.customers.models import Customer, CustomerPerson
from portal.extensions import db
from portal.leads.transfer import rules
from portal.leads.transfer.identities import identity_of
from portal.leads.transfer.reading import Read
from portal.leads.transfer.seen import Same, Seen
from portal.people.rules import Actor


@dataclass(frozen=True)
class Standing:
    """Whether a customer is the importer's own, and whether nobody has it."""

    own: bool
    in_pool: bool


Found = Mapping[int, Sequence[Match]]


def matched(rows: Sequence[Read]) -> Found:
    """Line → the customers that its company is, or probably is."""
    found = matches_of_many([identity_of(row.values) for row in rows])
    return dict(zip((row.line for row in rows), found, strict=True))


def judge(
    actor: Actor, import_id: int, read: Sequence[Read], found: Found, seen: Seen
) -> list[dict[str, Any]]:
    """The rows of the rehearsal for these rows of the table, in few statements."""
    same = {row.line: seen.look(identity_of(row.values), row.line)
            for row in read if not row.errors}
    standings = _standings(actor, {match.customer_id for row in read
                                   for match in found.get(row.line, ())})
    return [_row(import_id, row, _verdict(row, found.get(row.line, ()), same.get(row.line),
                                          standings)) for row in read]


def _verdict(
    row: Read, matches: Sequence[Match], same: Same | None, standings: Mapping[int, Standing]
) -> dict[str, Any]:
    if row.errors:
        return {"verdict": rules.ERROR}
    blocking = [match for match in matches if match.verdict == BLOCK]
    for match in blocking:
        standing = standings[match.customer_id]
        if not standing.own:
            verdict = rules.POOL if standing.in_pool else rules.DUPLICATE
            return {"verdict": verdict, **_matched(match)}
    if len({match.customer_id for match in blocking}) > 1:
        return {"verdict": rules.ERROR, **_matched(blocking[0]), "reason": str(_l(
            "Name, phone and code of this row belong to two of your customers. Correct the row, "
            "or the customers."))}
    if blocking:
        return {"verdict": rules.UPDATE, **_matched(blocking[0])}
    if same is not None:
        return {"verdict": rules.SAME, "same_as": same.line, "match_key": same.key,
                "match_value": same.value[:160]}
    close = next((match for match in matches if match.verdict == WARN), None)
    if close is not None:
        return {"verdict": rules.CLOSE, **_matched(close)}
    return {"verdict": rules.NEW}


def _matched(match: Match) -> dict[str, Any]:
    return {"match_id": match.customer_id, "match_key": match.key,
            "match_value": match.value[:160]}


def _row(import_id: int, row: Read, verdict: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "import_id": import_id, "line": row.line, "cells": list(row.cells), "values": row.values,
        "reason": "\n".join(row.errors), "notes": row.notes, "unknown": row.words, "act": "",
        "did": {}, "kept_because": "", "match_id": None, "match_key": "", "match_value": "",
        "same_as": None, **verdict,
    }


def _standings(actor: Actor, ids: Collection[int]) -> Mapping[int, Standing]:
    working = set(db.session.scalars(select(CustomerPerson.customer_id).where(
        CustomerPerson.person_id == actor.id, CustomerPerson.customer_id.in_(ids))))
    query = select(Customer.id, Customer.owner_id).where(Customer.id.in_(ids))
    return {each: Standing(each in working, owner is None)
            for each, owner in db.session.execute(query)}
