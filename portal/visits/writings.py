"""Reviews and follow-ups as drafts: what they are called, and where they go on."""

from collections.abc import Iterator, Mapping, Sequence

from flask import url_for
from sqlalchemy import select

from portal.core.i18n import gettext as _
from portal.customers.models import Customer
from portal.customers.queries import reading as file_reading
from portal.drafts.models import Draft
from portal.drafts.rules import Fields
from portal.drafts.writings import Shown, Writing
from portal.extensions import db
from portal.people.rules import Actor
from portal.visits.models import Visit
from portal.visits.queries import reading

REVIEW, UNPLANNED, FOLLOW_UP = "visit-review", "visit-at", "follow-up"
FORMS = (REVIEW, UNPLANNED, FOLLOW_UP)
# What somebody types; the rest comes filled in.
TYPED = ("words", "worked", "not_worked", "next_step", "new_contacts", "result")
ICONS = {REVIEW: "clipboard-text", UNPLANNED: "map-pin", FOLLOW_UP: "phone-call"}


def shown(actor: Actor, drafts: Sequence[Draft]) -> Iterator[Shown]:
    """Those whose customer this person may still read; the words of the others stay one's own."""
    numbers = {draft.id: _number(draft) for draft in drafts}
    visits = _visits(actor, [numbers[d.id] for d in drafts if _prefix(d) == REVIEW])
    names = _names(actor, [numbers[d.id] for d in drafts if _prefix(d) != REVIEW])
    for draft in drafts:
        number, prefix = numbers[draft.id], _prefix(draft)
        known = visits if prefix == REVIEW else names
        yield _line(draft, prefix, number, known[number]) if number in known else _orphan(draft)


def is_begun(form: str, fields: Fields) -> bool:
    """Whether anything was typed."""
    return any(value.strip() for name in TYPED for value in fields.get(name, ()))


def records(actor: Actor) -> Iterator[Shown]:
    """A visit is never a draft itself."""
    return iter(())


WRITING = Writing(FORMS, shown, is_begun, records)


def _line(draft: Draft, prefix: str, number: int, name: str) -> Shown:
    if prefix == REVIEW:
        url = url_for("visits.review", visit_id=number, draft_key=draft.key)
        what = _("Review of a visit")
    elif prefix == UNPLANNED:
        url = url_for("visits.review_unplanned", customer_id=number, draft_key=draft.key)
        what = _("Visit")
    else:
        url = url_for("visits.follow_up", customer_id=number, draft_key=draft.key)
        what = _("Follow-up")
    return _shown(draft, what, name, url, ICONS[prefix])


def _orphan(draft: Draft) -> Shown:
    what = _("Its customer is no longer there for you")
    return _shown(draft, what, what, url_for("drafts.text", key=draft.key), "file-text")


def _shown(draft: Draft, what: str, title: str, url: str, icon: str) -> Shown:
    return Shown(what=what, title=title, go_on=url, saved_at=draft.saved_at, icon=icon,
                 discard=url_for("drafts.discard", key=draft.key), key=draft.key)


def _prefix(draft: Draft) -> str:
    return draft.form.partition(":")[0]


def _number(draft: Draft) -> int:
    name = draft.form.partition(":")[2]
    return int(name) if name.isascii() and name.isdigit() and len(name) < 10 else 0


def _visits(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    query = (
        select(Visit.id, Customer.name).join(Customer, Customer.id == Visit.customer_id)
        .where(Visit.id.in_(ids), reading.readable_by(actor))
    )
    return {row.id: row.name for row in db.session.execute(query)} if ids else {}


def _names(actor: Actor, ids: Sequence[int]) -> Mapping[int, str]:
    query = select(Customer.id, Customer.name).where(
        Customer.id.in_(ids), file_reading.readable_by(actor))
    return {row.id: row.name for row in db.session.execute(query)} if ids else {}
