"""Where a case may come from: a deal, a visit. A room above installs an `Origin`; the address of a
form then names its record, such as `/cases/new/lesson?from=visit:9`.

A case names no customer (K1): only `Case.source_ref` leads back, for those who may read the record.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import url_for

from portal.cases.content import RetrospectiveContent
from portal.people.rules import Actor

REF = re.compile(r"([a-z]{1,20}):([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True)
class Prefill:
    """What a record gives to a new case: codes for list entries, words that name nobody.

    An empty `body` leaves the template of the kind. `names` are the customer's and its people's:
    the form warns when they are typed.
    """

    title: str = ""
    body: str = ""
    tags: tuple[str, ...] = ()
    stage: str | None = None
    industry: str | None = None
    product: str | None = None
    region: str | None = None
    retrospective: RetrospectiveContent | None = None
    names: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Place:
    """The record as a link, for a person who may read it."""

    label: Any
    url: str
    icon: str


@dataclass(frozen=True)
class Origin:
    """One kind of record that cases come from; `prefix` is also the word of `Case.source`.

    `prefill(actor, id, kind)`: None when the person may not read the record, or there is none;
    `kind` is one of the kinds of cases, or "alert". `place(actor, id)`: likewise.
    `told(actor_id, id, case_id, kind, now)`: a case from it was published; note it where the
    record keeps what happened.
    """

    prefix: str
    prefill: Callable[[Actor, int, str], Prefill | None]
    place: Callable[[Actor, int], Place | None]
    told: Callable[[int, int, int, str, datetime], None]


_origins: dict[str, Origin] = {}


def install(origins: Sequence[Origin]) -> None:
    """Take these in place of all before."""
    _origins.clear()
    _origins.update({origin.prefix: origin for origin in origins})


def _found(ref: str | None) -> tuple[Origin, int] | None:
    match = REF.fullmatch(ref or "")
    origin = _origins.get(match[1]) if match else None
    return (origin, int(match[2])) if match and origin else None


def prefill_of(actor: Actor, ref: str | None, kind: str) -> Prefill | None:
    """What the record gives; None for a ref that means nothing to this person."""
    found = _found(ref)
    return found[0].prefill(actor, found[1], kind) if found else None


def place_of(actor: Actor, ref: str | None) -> Place | None:
    """Where the record stands; None for whoever may not read it."""
    found = _found(ref)
    return found[0].place(actor, found[1]) if found else None


def source_of(ref: str) -> str:
    """The word of `Case.source` for a ref."""
    return ref.partition(":")[0]


def form_url(kind: str, ref: str, **more: Any) -> str:
    """Where a case of this kind begins that comes from this record."""
    return url_for("cases.record", **{"kind": kind, "from": ref, **more})


def tell(actor_id: int, ref: str | None, case_id: int, kind: str, now: datetime) -> None:
    """A case from this record was published."""
    if found := _found(ref):
        found[0].told(actor_id, found[1], case_id, kind, now)
