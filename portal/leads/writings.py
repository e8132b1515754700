"""The forms of leads as drafts: what they are called, and where they go on."""

from collections.abc import Iterator, Sequence

from flask import url_for

from portal.core.i18n import gettext as _
from portal.customers.models import Customer
from portal.customers.queries.reading import visible_to as customers_visible_to
from portal.drafts.models import Draft
from portal.drafts.rules import Fields
from portal.drafts.writings import Shown, Writing
from portal.extensions import db
from portal.leads.models import Lead
from portal.leads.queries.reading import visible_to
from portal.leads.words import lead_title
from portal.people.rules import Actor

NEW, DEAL = "lead:new", "lead:of-"
# Fields that come filled in, or say nothing by themselves.
GIVEN = {"channel", "currency", "owner", "contact_id", "base", "draft"}


def deal_form(customer_id: int) -> str:
    """What a new deal of this customer is called as a draft."""
    return f"{DEAL}{customer_id}"


def shown(actor: Actor, drafts: Sequence[Draft]) -> Iterator[Shown]:
    """Those whose lead or customer this person can still read; the words of any other are not
    lost, but its title is no longer theirs to see."""
    leads, customers = _leads(actor, drafts), _customers(actor, drafts)
    for draft in drafts:
        number = _number(draft.form.removeprefix(DEAL).removeprefix("lead:"))
        if draft.form == NEW:
            yield _line(draft, _("New lead"), url_for("leads.new", draft_key=draft.key))
        elif draft.form.startswith(DEAL) and number in customers:
            yield _line(draft, _("New deal with %(name)s", name=customers[number]),
                        url_for("leads.new_for_customer", customer_id=number,
                                draft_key=draft.key))
        elif number in leads and not draft.form.startswith(DEAL):
            yield _line(draft, _("Changes to “%(title)s”", title=leads[number]),
                        url_for("leads.edit", lead_id=number, draft_key=draft.key),
                        subject=draft.form)
        else:
            yield _line(draft, _("Its lead is no longer there for you"),
                        url_for("drafts.text", key=draft.key))


def is_begun(form: str, fields: Fields) -> bool:
    """Whether a new lead holds more than the form came with."""
    if form != NEW and not form.startswith(DEAL):
        return True
    return any(value.strip() for name, values in fields.items() if name not in GIVEN
               for value in values)


WRITING = Writing(("lead",), shown, is_begun, lambda actor: ())


def _line(draft: Draft, what: str, go_on: str, subject: str = "") -> Shown:
    named = " · ".join(filter(None, (
        *(value.strip() for value in draft.fields.get("company", ())), draft.title)))
    return Shown(
        what=what, title=named[:200] or what, go_on=go_on, saved_at=draft.saved_at,
        icon="user-search", discard=url_for("drafts.discard", key=draft.key), key=draft.key,
        subject=subject,
    )


def _leads(actor: Actor, drafts: Sequence[Draft]) -> dict[int, str]:
    """Number → name of the leads that are changed here, as far as they may be read."""
    numbers = {_number(draft.form.removeprefix("lead:")) for draft in drafts} - {0}
    if not numbers:
        return {}
    query = visible_to(actor).join(Lead.customer).where(Lead.id.in_(numbers))
    rows = db.session.execute(query.with_only_columns(Lead.id, Customer.name, Lead.title))
    return {lead_id: lead_title(name, title) for lead_id, name, title in rows}


def _customers(actor: Actor, drafts: Sequence[Draft]) -> dict[int, str]:
    numbers = {_number(draft.form.removeprefix(DEAL)) for draft in drafts
               if draft.form.startswith(DEAL)} - {0}
    if not numbers:
        return {}
    query = customers_visible_to(actor).where(Customer.id.in_(numbers))
    rows = db.session.execute(query.with_only_columns(Customer.id, Customer.name))
    return {row[0]: row[1] for row in rows}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

