"""What a person said about the end of a lead, tidied; what cannot be is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.leads import rules as leads
from portal.leads.closing import rules
from portal.leads.closing.content import Ending
from portal.leads.models import Lead
from portal.lists.queries import vocabulary

CENT = Decimal("0.01")


def checked(ending: Ending, lead: Lead, today: date) -> Ending:
    """The ending with only what belongs to it. Raises `Refused`."""
    if ending.status not in rules.ENDINGS:
        raise Refused(_l("A lead ends as won, lost or abandoned."))
    words = line(ending.note)
    if len(words) > rules.LONGEST_NOTE:
        raise Refused(_l("At most 500 characters."))
    if ending.status == leads.WON:
        _check_contract(ending, lead, today)
        return replace(ending, note=words, reason="", competitors=())
    plain = Ending(ending.status, words)
    if ending.status == leads.ABANDONED:
        if not words:
            raise Refused(_l("Say why nobody goes on with this lead."))
        return plain
    entry = vocabulary()["reason"].get(ending.reason)
    if entry is None or not entry.active:
        raise Refused(_l("Choose the main reason why it was lost."))
    return replace(plain, reason=ending.reason, competitors=_competitors(ending))


def _competitors(ending: Ending) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(line(each) for each in ending.competitors if line(each)))
    if len(named) > leads.MOST_COMPETITORS or any(
            len(each) > leads.LONGEST_COMPETITOR for each in named):
        raise Refused(_l("At most 10 competitors, each with at most 80 characters."))
    return named


def _check_contract(ending: Ending, lead: Lead, today: date) -> None:
    amount, margin, signed = ending.contract_amount, ending.margin, ending.signed_on
    if amount is None or signed is None or margin is None:
        raise Refused(_l("A won lead needs the amount of the contract, its margin and the day it "
                         "was signed."))
    if any(not each.is_finite() or each < 0 or each > leads.LARGEST_AMOUNT
           or each != each.quantize(CENT) for each in (amount, margin)):
        raise Refused(_l("An amount is at least 0 and below a trillion, with at most two "
                         "decimals."))
    if margin > amount:
        raise Refused(_l("The margin cannot be more than the contract."))
    if not rules.may_be_signed_on(signed, today):
        raise Refused(_l("The day of signing is not in the future, and not more than three years "
                         "ago."))
