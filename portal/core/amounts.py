"""Amounts of money as people type them: 120000, 120,000.50, ¥12万, 1.2 亿."""

import re
from decimal import Decimal

from wtforms.fields.core import Field
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded

LARGEST = Decimal("999999999999.99")
CENT = Decimal("0.01")
TYPED = re.compile(r"(?:¥|￥|cny|rmb)?([0-9]{1,16}(?:\.[0-9]{1,8})?)(千|万|百万|千万|亿)?元?")
# Commas stand between groups of three, as in 1,200,000.
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
TIMES = {"千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}


def read_amount(text: str) -> Decimal:
    """The amount that was typed, to the cent. Raises `ValueError` for what is none, is below 0,
    is above a trillion, or has parts of a cent."""
    plain = folded(text).replace(" ", "")
    plain = GROUPED.sub(lambda found: found[0].replace(",", ""), plain)
    found = TYPED.fullmatch(plain)
    if found is None:
        raise ValueError(f"not an amount: {text!r}")
    amount = Decimal(found[1]) * TIMES.get(found[2] or "", 1)
    if amount > LARGEST or amount != amount.quantize(CENT):
        raise ValueError(f"out of range: {text!r}")
    return amount.quantize(CENT)


def written(amount: Decimal | None) -> str:
    """The amount as it stands in a form: without grouping, cents only when there are some."""
    if amount is None:
        return ""
    return f"{amount:.2f}".removesuffix(".00")


class AmountField(Field):
    """Asks for an amount; `data` is a Decimal, or None when nothing was typed."""

    widget = TextInput()
    data: Decimal | None

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = None
        if text.strip():
            try:
                self.data = read_amount(text)
            except ValueError:
                raise ValueError(_l("Write an amount such as 120000 or 12万; it cannot be "
                                    "negative.")) from None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else written(self.data)


def more_than_nothing(form: object, field: Field) -> None:
    """A validator: an amount is needed, and not 0."""
    if field.errors or field.data is None:
        raise StopValidation(field.errors[0] if field.errors else _l("This is needed."))
    if field.data <= 0:
        raise StopValidation(_l("An amount is more than 0."))
