"""One change of a lead at a time."""

from collections.abc import Iterable

from sqlalchemy import select

from portal.core.errors import Conflict, Refused
from portal.core.i18n import lazy_gettext as _l
from portal.extensions import db
from portal.leads.models import Lead
from portal.people.models import User


class Stale(Conflict):
    """The lead was corrected by somebody since the form was opened; nothing was overwritten."""

    def __init__(self, current: int) -> None:
        super().__init__(_l("Somebody corrected this lead while you were writing."))
        self.current = current


def hold(lead: Lead) -> None:
    """Let nobody else change this lead until the transaction ends; what is decided on is read
    anew."""
    # What this transaction has changed already must not be read away.
    db.session.flush()
    db.session.refresh(lead, with_for_update={"of": Lead, "key_share": True})


def hold_people(people: Iterable[int | None]) -> None:
    """Let nobody else count or change what these people have, until the end. Before any lead is
    held, and in one order, so that two cannot wait for each other."""
    ids = sorted({person for person in people if person is not None})
    db.session.scalars(
        select(User.id).where(User.id.in_(ids)).order_by(User.id).with_for_update(key_share=True)
    ).all()


def hold_open(lead: Lead) -> None:
    """The same, for what is done with open leads alone. Raises `Refused`."""
    hold(lead)
    if not lead.is_open:
        raise Refused(_l("This lead is closed; reopen it first."))
