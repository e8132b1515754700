"""How the end of a lead reads in the timeline."""

from decimal import Decimal

from portal.core.i18n import gettext as _
from portal.customers.timeline.kinds import Detail, Kind
from portal.customers.words import listed, term_word
from portal.leads.rules import LOST, WON
from portal.leads.words import STATUSES, money


def _closed(detail: Detail, text: str) -> str:
    status = detail.get("status", "")
    word = str(STATUSES[status][0]) if status in STATUSES else status
    if status == WON and detail.get("amount"):
        return _("%(status)s: %(what)s", status=word,
                 what=money(Decimal(detail["amount"]), detail.get("currency", "")))
    if status == LOST:
        why = [term_word("reason", detail.get("why")), *detail.get("competitors", [])]
        return _("%(status)s: %(what)s", status=word, what=listed([each for each in why if each]))
    return word


KINDS = (
    Kind("lead.closed", "flag", "deals", _closed),
    Kind("lead.reopened", "restore", "deals", lambda d, t: _("Opened again")),
    Kind("lead.retrospective_waived", "eye-off", "cases",
         lambda d, t: _("No retrospective is written")),
    Kind("lead.retrospective_wanted", "book", "cases",
         lambda d, t: _("A retrospective is to be written after all")),
)
