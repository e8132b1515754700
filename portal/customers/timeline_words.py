"""How the entries of a customer's own file read."""

from portal.core.i18n import gettext as _
from portal.customers.timeline.kinds import Detail, Kind
from portal.customers.words import CONTACT_FIELDS, CUSTOMER_FIELDS, contact_value, customer_value
from portal.customers.words import PARTS as PART_WORDS


def _given(detail: Detail, text: str) -> str:
    if detail.get("before") and detail.get("after"):
        return _("Handed over from %(before)s to %(after)s", before=detail["before"],
                 after=detail["after"])
    if detail.get("after"):
        return _("%(name)s is the owner", name=detail["after"])
    return _("Returned to the pool")


def _part(detail: Detail) -> str:
    return str(PART_WORDS.get(detail.get("part", ""), detail.get("part", "")))


KINDS = (
    Kind("customer.recorded", "building-plus", "file", lambda d, t: _("Customer recorded")),
    Kind("customer.corrected", "pencil", "corrections", lambda d, t: _("File corrected"),
         fields=CUSTOMER_FIELDS, value=customer_value),
    Kind("customer.voided", "ban", "file", lambda d, t: _("Customer voided")),
    Kind("customer.restored", "restore", "file", lambda d, t: _("Customer restored")),
    Kind("customer.given", "switch-horizontal", "file", _given),
    Kind("person.joined", "user-plus", "file", lambda d, t: _(
        "%(name)s joined: %(part)s", name=d.get("name", ""), part=_part(d))),
    Kind("person.left", "user-minus", "file", lambda d, t: _(
        "%(name)s left: %(part)s", name=d.get("name", ""), part=_part(d))),
    Kind("contact.recorded", "address-book", "file", lambda d, t: _(
        "Contact recorded: %(name)s", name=d.get("name", ""))),
    Kind("contact.corrected", "pencil", "corrections", lambda d, t: _(
        "Contact corrected: %(name)s", name=d.get("name", "")),
        fields=CONTACT_FIELDS, value=contact_value),
    Kind("contact.voided", "user-off", "file", lambda d, t: _(
        "Contact voided: %(name)s", name=d.get("name", ""))),
    Kind("contact.restored", "restore", "file", lambda d, t: _(
        "Contact restored: %(name)s", name=d.get("name", ""))),
    Kind("note.written", "note", "visits", lambda d, t: _("Note")),
    Kind("note.corrected", "note", "corrections", lambda d, t: _("Note corrected")),
)
