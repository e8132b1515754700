"""Phone numbers as people type them, to E.164 with `;ext=` and the extension."""

import re
from functools import lru_cache
from typing import NamedTuple

import phonenumbers

from portal.customers.identity.rules import bare_number
from portal.search.analyzer import fold

HOME = "CN"
LONGEST_TYPED = 400
MOST_NUMBERS = 10
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー﹣~", "-"))
EXTENSION_WORD = re.compile(
    r";?\s*(?:转接|转|分机号码|分机号|分机|内线|extension|extn|ext|(?<=\d)\s*x(?=\s*\d)|#)[\s.:：=号码]*(?=\d)"
)
# Everything that belongs to no number parts two of them; x is an extension here.
APART = re.compile(r"[^0-9x+().\- \t]+")
EXTENSION = re.compile(r"^(.*?\d)\W*x\W*(\d{1,6})\W*$")
# A group behind a whole number: 021-62345678-803.
LAST_GROUP = re.compile(r"^(.*\d)\s*-\s*(\d{1,6})$")
DATE = re.compile(r"^(?:19|20)\d\d([-.])[01]?\d\1[0-3]?\d$")
OWN_ZERO = re.compile(r"\(0\)")
MOBILE = re.compile(r"(?:86)?(1[3-9]\d{9})")
LOCAL = re.compile(r"[2-9]\d{6,7}")
SERVICE = re.compile(r"[48]00\d{7}")
# Numbers side by side with nothing but a space between them.
NUMBER = re.compile(
    r"(?<!\d)(?:(?:\+|00)?86[\s-]?)?(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}"
    r"|\(?0[1-9]\d{1,2}\)?[\s-]?\d{7,8}(?:-\d{1,6})?|[48]00[\s-]?\d{3}[\s-]?\d{4}|[2-9]\d{6,7})(?!\d)"
)
FEWEST_DIGITS = 3


class Read(NamedTuple):
    """What a cell says: the numbers, and what looks like one and cannot be."""

    numbers: tuple[str, ...]
    odd: tuple[str, ...]


def phones(text: str, area_code: str = "") -> list[str]:
    """The numbers in a text, each once; what cannot be a number is left out.

    `area_code` is the office's own: with it a number without one is known too.
    """
    return list(read_phones(text, area_code).numbers)


@lru_cache(maxsize=4096)
def read_phones(text: str, area_code: str = "") -> Read:
    """The same, and what was left out."""
    said = EXTENSION_WORD.sub("x", fold(text[:LONGEST_TYPED]).translate(DASHES))
    numbers: dict[str, None] = {}
    odd: list[str] = []
    for piece in APART.split(said):
        piece = piece.strip(" \t.-x")
        if sum(sign.isdigit() for sign in piece) < FEWEST_DIGITS:
            continue
        # Behind 010-62345678 a bare 62345679 is in Beijing too.
        area = _area_of(numbers) or area_code
        found = _one(piece, area)
        several = [found] if found else [_one(each, area) for each in _side_by_side(piece)]
        if not several or None in several:
            odd.append(piece.replace("x", " ext. "))
        numbers.update(dict.fromkeys(each for each in several if each))
    return Read(tuple(numbers)[:MOST_NUMBERS], tuple(odd))


def _area_of(numbers: dict[str, None]) -> str:
    """The area code of the last number, when that is a line in this country."""
    last = next(reversed(numbers), "")
    if not last.startswith("+86"):
        return ""
    parsed = phonenumbers.parse(bare_number(last), HOME)
    length = phonenumbers.length_of_geographical_area_code(parsed)
    return str(parsed.national_number)[:length]


def _side_by_side(piece: str) -> list[str]:
    found = [match[0] for match in NUMBER.finditer(piece)]
    rest = NUMBER.sub("", piece)
    return found if found and not re.search(r"\d", rest) else []


def _one(piece: str, area_code: str) -> str | None:
    """The key of a text that holds one number, if it can be one."""
    extension = ""
    found = EXTENSION.match(piece)
    if found:
        piece, extension = found[1], found[2]
    elif "x" in piece:
        return None
    plain = _number(piece, area_code)
    if plain is None and not extension and not DATE.match(piece):
        grouped = LAST_GROUP.match(piece)
        if grouped:
            piece, extension = grouped[1], grouped[2]
            plain = _number(piece, area_code)
    if plain is None:
        return None
    return f"{plain};ext={extension}" if extension else plain


def _number(piece: str, area_code: str) -> str | None:
    if DATE.match(piece):
        return None
    piece = OWN_ZERO.sub(" ", piece).strip()
    digits = re.sub(r"\D", "", piece)
    is_abroad = piece.startswith("+") or digits.startswith("00")
    mobile = MOBILE.fullmatch(digits.removeprefix("00") if digits.startswith("0086")
                              else digits.removeprefix("0"))
    if mobile and not (piece.startswith("+") and not digits.startswith("86")):
        return f"+86{mobile[1]}"
    if not is_abroad:
        if SERVICE.fullmatch(digits):
            return f"+86{digits}"
        if LOCAL.fullmatch(digits):
            digits = _area(area_code) + digits if area_code else ""
    return _known(f"+{digits}" if piece.startswith("+") else digits)


def _area(code: str) -> str:
    digits = re.sub(r"\D", "", fold(code))
    return digits if digits.startswith("0") else f"0{digits}"


def _known(number: str) -> str | None:
    """In E.164, when the numbering plan of its country knows such a number."""
    try:
        parsed = phonenumbers.parse(number, HOME)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
