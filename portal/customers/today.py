"""What waits for a person among their customers, as rows of the start page."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from sqlalchemy import func, select

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import ngettext
from portal.core.today import Pressing, Row
from portal.customers.models import Customer
from portal.customers.queries.orphans import count_orphans
from portal.customers.queries.reading import sells
from portal.extensions import db
from portal.people.rules import Actor


def rows(actor: Actor, now: datetime) -> Iterator[Row]:
    """Customers whose owner left come first: nobody looks after them."""
    if not sells(actor):
        return
    if left := count_orphans(actor):
        url = url_for("customers.without_owner")
        yield Row(
            pressing=Pressing.DECIDE, what=_("Customers without an active owner"),
            title=ngettext("%(num)d customer waits for a new owner",
                           "%(num)d customers wait for a new owner", left),
            open=url, who="", since=None, icon="user-off", tone="red", action=_("Hand over"),
            target=url, key="customers:without_owner",
        )
    if overdue := _overdue(actor):
        url = url_for("customers.customer_list", scope="mine", owner=actor.id, overdue=1,
                      sort="next")
        yield Row(
            pressing=Pressing.DUE, what=_("Contact overdue"),
            title=ngettext("%(num)d customer should have heard from you",
                           "%(num)d customers should have heard from you", overdue),
            open=url, who="", since=None, icon="phone-call", tone="amber", action=_("See them"),
            target=url, key="customers:overdue",
        )


def _overdue(actor: Actor) -> int:
    count = select(func.count()).where(
        Customer.owner_id == actor.id, Customer.next_contact_on < clock.today(),
        Customer.voided_at.is_(None))
    return db.session.scalar(count) or 0
