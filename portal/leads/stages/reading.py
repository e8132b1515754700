"""What is typed as an answer, and what is stored of it."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from portal.leads.stages.rules import AMOUNT, LONGEST_ANSWER, TEXT, TICK

AMOUNT_TYPED = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)(万)?")
LARGEST, CENT = Decimal(10) ** 12, Decimal("0.01")
EARLIEST_YEAR, LATEST_YEAR = 2000, 2099


class Unreadable(ValueError):  # noqa: N818 - it is an answer to the person
    """What was typed is no answer of this kind; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_answer(kind: str, typed: str) -> str:
    """An answer as it is stored: "yes", the words, a plain number, a day as 2026-10-08; empty when
    nothing was typed. Raises `Unreadable`."""
    typed = unicodedata.normalize("NFKC", typed).strip() if kind != TEXT else typed.strip()
    if not typed:
        return ""
    if kind == TICK:
        return "yes"
    if kind == TEXT:
        if len(typed) > LONGEST_ANSWER:
            raise Unreadable("long")
        return typed
    return _amount(typed) if kind == AMOUNT else _day(typed)


def _amount(typed: str) -> str:
    """At most twelve digits before the point and two after it, as a sum is stored."""
    found = AMOUNT_TYPED.fullmatch(typed.replace(",", "").replace(" ", "").replace("¥", ""))
    if found is None:
        raise Unreadable("negative" if typed.startswith("-") else "amount")
    value = Decimal(found[1]) * (10_000 if found[2] else 1)
    if value >= LARGEST:
        raise Unreadable("large")
    if value != value.quantize(CENT):
        raise Unreadable("amount")
    return f"{value.quantize(CENT):f}"


def _day(typed: str) -> str:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Unreadable("date") from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise Unreadable("date")
    return day.isoformat()


def is_link(link: str) -> bool:
    """Whether an address may be shown as a link: a page of the web, or one of the portal."""
    if link.startswith("/"):
        return not link.startswith("//") and "\\" not in link
    return link.startswith(("https://", "http://")) and " " not in link
