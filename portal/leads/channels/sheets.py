"""The review of channels as an Excel sheet."""

from collections.abc import Iterator, Sequence

from portal.core.i18n import gettext as _
from portal.core.workbook import Sheet
from portal.customers.words import term_word
from portal.leads.channels.rules import Row, total
from portal.leads.months import Month
from portal.leads.words import money


def sheet(rows: Sequence[Row], month: Month) -> Sheet:
    """Both months side by side, all channels together at the end."""
    before = month.plus(-1).code
    names = (_("New leads"), _("Qualified"), _("Qualified in %%"), _("Won of these"),
             _("Won of these in %%"), _("Closed in the month"), _("Won"), _("Won of closed in %%"),
             _("Amount won"))
    header = [_("Channel"), *(f"{name} {month.code}" for name in names),
              *(f"{name} {before}" for name in names)]
    return Sheet(_("Channels"), header, _lines(rows))


def _lines(rows: Sequence[Row]) -> Iterator[list[object]]:
    for row in (*rows, total(list(rows))):
        line: list[object] = [term_word("channel", row.channel) or _("Together")]
        for numbers in (row.now, row.before):
            sums = list(numbers.amounts.items())
            amount = sums[0][1] if len(sums) == 1 and sums[0][0] == "CNY" else "; ".join(
                money(amount, currency) for currency, amount in sums)
            line += [numbers.created, numbers.qualified, numbers.qualified_share,
                     numbers.won_of_created, numbers.conversion, numbers.closed, numbers.won,
                     numbers.win_rate, amount]
        yield line
