"""Single values of front matter: words, dates, numbers and lists as people write them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from portal.cases.exchange.records import Wrong
from portal.core.i18n import current_language
from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded

SEPARATORS = re.compile(r"[,，、;；\n]+")
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
YEARS = range(1900, 2201)
YES = {"true", "yes", "y", "1", "是", "对", "accepted", "已采纳"}


def text_of(value: Any) -> str:
    """A single value as its words; raises `Wrong` for a list or a mapping."""
    if isinstance(value, list | dict):
        raise Wrong(_l("One value is expected here, not a list."))
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).replace("\x00", "").strip()


def words_of(value: Any, separators: re.Pattern[str] = SEPARATORS) -> tuple[str, ...]:
    """A list, or words with separators between them."""
    parts = value if isinstance(value, list) else separators.split(text_of(value))
    return tuple(word for part in parts if (word := text_of(part)))


def lines_of(value: Any) -> tuple[str, ...]:
    """A list, or one entry a line."""
    return words_of(value, re.compile(r"\n+"))


def moment_of(value: Any, zone: tzinfo) -> datetime:
    """A day or a moment; what names no zone is meant in the portal's."""
    written = unicodedata.normalize("NFKC", text_of(value))
    written = DAY.sub(lambda m: f"{m[1]}-{m[2]:0>2}-{m[3]:0>2}", written, count=1)
    try:
        moment = datetime.fromisoformat(written)
        if moment.year not in YEARS:
            raise ValueError
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Wrong(
            _l("“%(value)s” is not a date such as 2026-01-15.", value=short(written))
        ) from None


def day_of(value: Any, zone: tzinfo) -> date:
    return moment_of(value, zone).astimezone(zone).date()


def written_moment(moment: datetime, zone: tzinfo) -> str:
    """The shortest words from which `moment_of` makes the same moment."""
    local = moment.astimezone(zone)
    if local.time() == time():
        return local.date().isoformat()
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def number_of(value: Any, smallest: int, largest: int, unit: str) -> Decimal:
    """A number, perhaps followed by its unit."""
    written = unicodedata.normalize("NFKC", text_of(value)).replace("−", "-")
    try:
        number = Decimal(re.sub(rf"\s*(?:{unit})\s*$", "", written, flags=re.IGNORECASE))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not smallest <= number <= largest:
        raise Wrong(
            _l("“%(value)s” is not a number between %(smallest)d and %(largest)d.",
               value=short(written), smallest=smallest, largest=largest)
        )
    return number


def days_of(value: Any) -> int:
    """A whole number of days, up to ten years."""
    number = number_of(value, 0, 3650, "days|day|d|天|日")
    if number != int(number):
        raise Wrong(_l("“%(value)s” is not a whole number of days.", value=short(str(number))))
    return int(number)


def percent_of(value: Any) -> Decimal:
    return number_of(value, -100, 1000, "%").quantize(Decimal("0.01"))


def is_yes(value: Any) -> bool:
    return folded(text_of(value)) in YES


def code_of(value: Any, codes: Mapping[str, str]) -> str:
    """The code that a word means; raises `Wrong` naming the words there are."""
    written = text_of(value)
    code = codes.get(folded(written))
    if code is None:
        known = ", ".join(_known(codes))
        raise Wrong(_l("“%(value)s” is none of: %(known)s.", value=short(written), known=known))
    return code


def _known(codes: Mapping[str, str]) -> Iterable[str]:
    """A word for each code: in Chinese the label, in English the code, which is one."""
    chosen = {code: code for code in codes.values()}
    if current_language() == "zh":
        for word, code in reversed(list(codes.items())):
            if not word.isascii():
                chosen[code] = word
    return chosen.values()


def short(text: str) -> str:
    """Enough of a text to recognise it."""
    return text if len(text) <= 60 else f"{text[:57]}…"
