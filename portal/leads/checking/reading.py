"""What somebody typed into the check: a name, numbers, a credit code, or several of them."""

import re
from dataclasses import dataclass

from portal.core.text import line
from portal.customers.identity.codes import LENGTH, code_key
from portal.customers.identity.content import Identity
from portal.customers.identity.folding import compact, unified
from portal.customers.identity.names import name_key
from portal.customers.identity.options import AREA_CODE
from portal.customers.identity.phones import EXTENSION_WORD, read_phones
from portal.customers.identity.rules import is_credit_code
from portal.leads.checking.rules import LONGEST_TYPED, NO_NUMBER, NOTHING, SHORT
from portal.options.queries import value

DIGITS = re.compile(r"[+(（]?[0-9０-９][0-9０-９\s()（）+./;=x\-－—]{4,}[0-9０-９]")
LABELS = re.compile(r"(?i)^(?:电话|手机|座机|联系电话|公司|公司名称|tel|phone|mobile)[\s.:：]*|"
                    r"[\s,，、/:：]*(?:电话|手机|座机|联系电话|tel|phone|mobile)?[\s.:：]*$")
SHORTEST_CORE = 2


@dataclass(frozen=True)
class Typed:
    """`problem` says why there is nothing to look up; `name` and `phone` are carried along."""

    text: str
    name: str = ""
    phone: str = ""
    credit_code: str | None = None
    problem: str = ""

    @property
    def identity(self) -> Identity:
        return Identity(self.name, phones=(self.phone,) if self.phone else (),
                        credit_code=self.credit_code)


def read(text: str) -> Typed:
    """Tell a name from a number."""
    text = line(text.encode("utf-8", "ignore").decode())[:LONGEST_TYPED]
    if not text:
        return Typed("", problem=NOTHING)
    code = code_key(text)
    if len(code) == LENGTH and is_credit_code(code):
        return Typed(text, credit_code=code)
    if re.search(r"\d", text) and not re.search(r"[^\W\d_]", text):
        numbers = read_phones(text, value(AREA_CODE)).numbers
        return Typed(text, phone=text, problem="" if numbers else NO_NUMBER)
    found = read_phones(text, value(AREA_CODE))
    if not found.numbers:
        return _named(text, text, "")
    name = LABELS.sub("", LABELS.sub("", _without_numbers(text)).strip()).strip()
    phone = " / ".join(found.numbers)
    return _named(text, name, phone) if compact(unified(name)) else Typed(text, phone=phone)


def _without_numbers(text: str) -> str:
    return DIGITS.sub(" ", EXTENSION_WORD.sub("x", text)).strip()


def _named(text: str, name: str, phone: str) -> Typed:
    key = name_key(name)
    if key is None or len(key.core) < SHORTEST_CORE:
        return Typed(text, phone=phone, problem="" if phone else SHORT)
    return Typed(text, name, phone)
