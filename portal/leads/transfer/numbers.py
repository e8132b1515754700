"""Phone numbers of a cell, as people type them and as spreadsheets spoil them."""

import re

from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.customers.identity.phones import read_phones
from portal.leads.transfer.values import digits_back
from portal.transfer.wrong import Wrong

BETWEEN = re.compile(r"([/、,，;；|\n]+)")


def phone_numbers(cell: str, area_code: str) -> tuple[str, bool]:
    """The numbers as they are kept, and whether a spreadsheet had taken one for an amount. Raises
    `Wrong` for what can be no number."""
    parts, changed = [], False
    for part in BETWEEN.split(cell):
        if not part.strip() or BETWEEN.fullmatch(part):
            continue
        number, was_changed = digits_back(part)
        parts.append(number if was_changed else line(part))
        changed |= was_changed
    text = " / ".join(parts)
    found = read_phones(text, area_code)
    if found.odd or not found.numbers:
        raise Wrong(_l("“%(text)s” does not look like a phone number. Write it with its area code, "
                       "such as 021-62345678.", text=found.odd[0] if found.odd else text))
    return text, changed
