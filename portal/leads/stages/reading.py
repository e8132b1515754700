"""What is typed as an answer, and what is stored of it."""

import unicodedata
from datetime import date

from portal.core.amounts import NoAmount, read_money
from portal.leads.stages.rules import AMOUNT, LONGEST_ANSWER, TEXT, TICK

EARLIEST_YEAR, LATEST_YEAR = 2000, 2099


class Unreadable(ValueError):  # noqa: N818 - it is an answer to the person
    """What was typed is no answer of this kind; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_answer(kind: str, typed: str, currency: str = "CNY") -> str:
    """An answer as it is stored: "yes", the words, a plain number, a day as 2026-10-08; empty when
    nothing was typed. Amounts are in the `currency` of the lead. Raises `Unreadable`."""
    typed = unicodedata.normalize("NFKC", typed).strip() if kind != TEXT else typed.strip()
    if not typed:
        return ""
    if kind == TICK:
        return "yes"
    if kind == TEXT:
        if len(typed) > LONGEST_ANSWER:
            raise Unreadable("long")
        return typed
    return _amount(typed, currency) if kind == AMOUNT else _day(typed)


def _amount(typed: str, currency: str) -> str:
    """At most twelve digits before the point and two after it, as a sum is stored."""
    try:
        value, named = read_money(typed)
    except NoAmount as trouble:
        raise Unreadable(trouble.code) from None
    if named and currency not in named:
        raise Unreadable("currency")
    return f"{value:f}"


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
