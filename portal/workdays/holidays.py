"""China's public holidays and make-up days, as far ahead as they are published."""

from datetime import date
from functools import lru_cache

from chinese_calendar import constants

from portal.core.i18n import lazy_gettext as _l

NAMES = {
    "New Year's Day": _l("New Year's Day"), "Spring Festival": _l("Spring Festival"),
    "Tomb-sweeping Day": _l("Tomb-sweeping Day"), "Labour Day": _l("Labour Day"),
    "Dragon Boat Festival": _l("Dragon Boat Festival"), "National Day": _l("National Day"),
    "Mid-autumn Festival": _l("Mid-Autumn Festival"),
    "Anti-Fascist 70th Day": _l("Victory Day"),
}


@lru_cache(maxsize=1)
def exceptions() -> dict[date, bool]:
    """Every holiday (not worked) and make-up day (worked) that is known."""
    off = dict.fromkeys(constants.holidays, False)
    return off | dict.fromkeys(constants.workdays, True)


@lru_cache(maxsize=1)
def known_years() -> range:
    """The years whose holidays are known."""
    years = {day.year for day in constants.holidays}
    return range(min(years), max(years) + 1)


def name_of(day: date) -> str:
    """The holiday of this day, or that it makes up for; empty for an ordinary day."""
    code = constants.holidays.get(day) or constants.workdays.get(day) or ""
    return str(NAMES.get(code, code))
