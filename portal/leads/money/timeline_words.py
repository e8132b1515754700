"""How the entries about money read in the timeline."""

from decimal import Decimal

from portal.core.i18n import gettext as _
from portal.customers.timeline.kinds import Detail, Kind
from portal.leads.money.words import FIELDS, value_word
from portal.leads.rules import CURRENCY
from portal.leads.words import money


def _amount(detail: Detail) -> str:
    return money(Decimal(detail.get("amount") or 0), detail.get("currency") or CURRENCY)


def _owed(detail: Detail, text: str) -> str:
    return _("Receivable of %(amount)s, due on %(day)s", amount=_amount(detail),
             day=detail.get("due", ""))


def _paid(detail: Detail, text: str) -> str:
    return _("Payment of %(amount)s on %(day)s", amount=_amount(detail),
             day=detail.get("paid_on", ""))


KINDS = (
    Kind("money.receivable", "report-money", "money", _owed),
    Kind("money.corrected", "pencil", "corrections", lambda d, t: _("Receivable corrected"),
         fields=FIELDS, value=value_word),
    Kind("money.voided", "ban", "money",
         lambda d, t: _("Receivable of %(amount)s declared void", amount=_amount(d))),
    Kind("money.payment", "coin", "money", _paid),
    Kind("money.payment_voided", "ban", "money",
         lambda d, t: _("Payment of %(amount)s declared void", amount=_amount(d))),
    Kind("money.contract", "file-text", "corrections", lambda d, t: _("Contract"),
         fields=FIELDS, value=value_word),
)
