"""What one cell of a table says: amounts, days, numbers, as people and spreadsheets write them."""

import calendar
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from portal.core.amounts import SIGNS, NoAmount, read_money
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import line
from portal.leads.rules import CURRENCIES
from portal.transfer.wrong import Wrong

# What the numbers below a heading may count in.
UNITS = {"千万": 10**7, "百万": 10**6, "亿": 10**8, "万": 10**4}
# A number that a spreadsheet shortened, and one to which it gave a point.
SHORTENED = re.compile(r"[+-]?\d(?:\.(\d+))?e\+?(\d{1,2})", re.IGNORECASE)
POINT_ZERO = re.compile(r"(\d{7,})\.0+")
NUMBERS = re.compile(r"\d+")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(?:(\d{1,2})\s*日?)?)?")
PLAIN_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
OTHER_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[ap]m)?(z|[+-]\d{2}:?\d{2})?$",
                  re.IGNORECASE)
# Excel counts days from here; these are the years 2000 to 2100.
EXCEL_BEGINS, EXCEL_DAYS = date(1899, 12, 30), (36_526, 73_415)
YEARS = (2000, 2100)
MAIL = re.compile(r"[^@\s,;，；、]+@[^@\s,;，；、.]+(\.[^@\s,;，；、.]+)+")
SEVERAL = re.compile(r"[、,，;；|\n]+")


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", line(text))


def several(text: str) -> Iterator[str]:
    """What stands in one cell with commas between."""
    for part in SEVERAL.split(text):
        if part := line(part):
            yield part


def amount(text: str, unit: int = 1) -> tuple[Decimal, str | None]:
    """An amount and its currency, if the cell names one; `unit` is what the heading counts in.
    Raises `Wrong`."""
    wanted = plain(text)
    if SHORTENED.fullmatch(wanted):
        # A number as 1.2E+6: of an amount the first digits are enough.
        wanted = f"{Decimal(wanted):f}"
    try:
        # Spreadsheets calculate: 0.1 + 0.2 is not 0.3 there.
        found, named = read_money(wanted, unit, rounded=True)
    except NoAmount as trouble:
        raise Wrong({
            "negative": _l("An amount cannot be negative: %(text)s", text=text),
            "large": _l("An amount this large cannot be: %(text)s", text=text),
        }.get(trouble.code, _l("This is no amount: %(text)s", text=text))) from None
    return found, named[0] if named else None


def unit_of(heading: str) -> int:
    """What the numbers below a heading such as “金额（万元）” count in."""
    wanted = plain(heading)
    return next((times for unit, times in UNITS.items() if f"{unit}元" in wanted
                 or f"({unit})" in wanted), 1)


def day(text: str, *, month_ends: bool = False) -> tuple[date, bool]:
    """The day that a cell names, and whether it stood there as a number of Excel's calendar; of a
    month its first day or its last. Raises `Wrong`."""
    wanted = TIME.sub("", plain(text)).strip()
    if found := DAY.fullmatch(wanted):
        year, month = int(found[1]), int(found[2])
        if found[3]:
            return _date(year, month, int(found[3]), text), False
        last = calendar.monthrange(year, month)[1] if month_ends and 1 <= month <= 12 else 1
        return _date(year, month, last, text), False
    if found := PLAIN_DAY.fullmatch(wanted):
        return _date(int(found[1]), int(found[2]), int(found[3]), text), False
    if found := OTHER_DAY.fullmatch(wanted):
        return _date(int(found[3]), *_month_and_day(int(found[1]), int(found[2]), text),
                     text), False
    number = wanted.split(".")[0]
    if number.isdecimal() and EXCEL_DAYS[0] <= int(number) <= EXCEL_DAYS[1]:
        return EXCEL_BEGINS + timedelta(days=int(number)), True
    raise Wrong(_l("This is no date: %(text)s. Write it as 2026-03-31.", text=text))


def _month_and_day(first: int, second: int, text: str) -> tuple[int, int]:
    """Both orders are usual; where both can be, nobody knows."""
    if first > 12 >= second:
        return second, first
    if second > 12 >= first or first == second:
        return first, second
    raise Wrong(_l("Day and month of %(text)s can be told in two ways. Write it as 2026-03-31.",
                 text=text))


def _date(year: int, month: int, number: int, text: str) -> date:
    try:
        found = date(year, month, number)
    except ValueError:
        raise Wrong(_l("There is no such day: %(text)s", text=text)) from None
    if not YEARS[0] <= year <= YEARS[1]:
        raise Wrong(_l("This year cannot be: %(text)s", text=text))
    return found


def whole(text: str) -> int:
    """A whole number; the first of a range such as “100-499人”. Raises `Wrong`."""
    found = NUMBERS.search(plain(text).replace(",", ""))
    if found is None or len(found[0]) > 8:
        raise Wrong(_l("This is no number: %(text)s", text=text))
    return int(found[0])


def digits_back(text: str) -> tuple[str, bool]:
    """Numbers of a cell as somebody dialled them before a spreadsheet took them for amounts, and
    whether it had. Raises `Wrong` for one whose digits are lost."""
    wanted = plain(text)
    if found := POINT_ZERO.fullmatch(wanted):
        return found[1], True
    if found := SHORTENED.fullmatch(wanted):
        # Only a number whose every digit still stands there is the number that was.
        if len(found[1] or "") < int(found[2]):
            raise Wrong(_l("A spreadsheet has shortened this number to %(text)s and its last "
                           "digits are lost. Format the column as text where it comes from, and "
                           "export it once more.", text=text))
        return str(int(Decimal(wanted))), True
    return wanted, False


def mail(text: str) -> str:
    """An e-mail address. Raises `Wrong`."""
    wanted = plain(text).removeprefix("mailto:")
    if not MAIL.fullmatch(wanted):
        raise Wrong(_l("This is no e-mail address: %(text)s", text=text))
    return wanted


def currency(text: str) -> str:
    """The code of a currency. Raises `Wrong`."""
    wanted = plain(text).casefold()
    found = SIGNS.get(wanted, (wanted.upper(),))[0]
    if found not in CURRENCIES:
        raise Wrong(_l("This currency is not known here: %(text)s", text=text))
    return found
