"""Visits as where cases come from: what a review gives to a lesson, a problem or an alert.

Nothing here may name the customer or its people: a case is read widely.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from flask import url_for

from portal.cases.origins import Origin, Place, Prefill
from portal.customers.actions.timeline import note
from portal.customers.identity.names import name_key
from portal.customers.identity.words import brand
from portal.extensions import db
from portal.leads.loop.naming import names_of
from portal.people.rules import Actor
from portal.visits.models import Visit, VisitReview
from portal.visits.queries import reading
from portal.visits.words import FIELD_WORDS

LESSON = "lesson"
# One sign alone stands in too many words.
SHORTEST = 2


def _prefill(actor: Actor, visit_id: int, kind: str) -> Prefill | None:
    visit = _read(actor, visit_id)
    if visit is None:
        return None
    names = names_of(visit.customer)
    lead, customer = visit.lead, visit.customer
    review = visit.review
    body = _body(review, kind) if review is not None else ""
    return Prefill(
        body=_without((*names, *_short_names(visit)), body), stage=lead.stage if lead else None,
        product=lead.product if lead else None, industry=customer.industry,
        region=customer.region, names=names,
    )


def _body(review: VisitReview, kind: str) -> str:
    """A lesson tells all of it; a problem and an alert begin with what did not work."""
    told = ("words", "worked", "not_worked") if kind == LESSON else ("not_worked", "words")
    parts = [(FIELD_WORDS[name], getattr(review, name)) for name in told]
    return "\n\n".join(f"## {title}\n\n{text}" for title, text in parts if text)


def _short_names(visit: Visit) -> Iterator[str]:
    """What people call the company among themselves: 恒达 for 杭州恒达精密机械有限公司."""
    for name in (visit.customer.name, *visit.customer.aliases):
        key = name_key(name)
        short = brand(key.core) if key is not None else ""
        if len(short) >= SHORTEST:
            yield short


def _without(names: Iterable[str], text: str) -> str:
    """The text with a plain word in place of every name, the longest first."""
    for name in sorted(names, key=len, reverse=True):
        # A Latin name is a word of its own; in Chinese nothing parts one word from the next.
        edge = r"\b" if name.isascii() else ""
        text = re.sub(f"{edge}{re.escape(name)}{edge}", "…", text, flags=re.IGNORECASE)
    return text


def _place(actor: Actor, visit_id: int) -> Place | None:
    visit = _read(actor, visit_id)
    return None if visit is None else Place(
        visit.customer.name, url_for("visits.show", visit_id=visit.id), "map-pin")


def _told(actor_id: int, visit_id: int, case_id: int, kind: str, now: datetime) -> None:
    visit = db.session.get(Visit, visit_id)
    if visit is not None:
        note(visit.customer_id, "visit.case", actor_id, now, lead_id=visit.lead_id,
             subject=f"case:{case_id}", case_kind=kind)


def _read(actor: Actor, visit_id: int) -> Visit | None:
    visit = db.session.get(Visit, visit_id)
    return visit if visit is not None and reading.reads(actor, visit) else None


ORIGIN = Origin("visit", _prefill, _place, _told)
