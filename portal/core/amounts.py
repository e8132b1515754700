"""Amounts of money as people type them: 120000, 120,000.50, ¥12万, 1.2 亿, $5k."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from wtforms.fields.core import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from portal.core.i18n import lazy_gettext as _l
from portal.core.text import folded

LARGEST = Decimal("999999999999.99")
CENT = Decimal("0.01")
# What each sign may mean; ¥ stands for two currencies.
SIGNS = {
    **dict.fromkeys(("cny", "rmb", "人民币", "人民幣", "元", "圆", "yuan"), ("CNY",)),
    "¥": ("CNY", "JPY"), **dict.fromkeys(("jpy", "日元", "円"), ("JPY",)),
    **dict.fromkeys(("usd", "us$", "$", "美元"), ("USD",)),
    **dict.fromkeys(("eur", "€", "欧元"), ("EUR",)),
    **dict.fromkeys(("gbp", "£", "英镑"), ("GBP",)),
    **dict.fromkeys(("hkd", "hk$", "港元", "港币"), ("HKD",)),
    **dict.fromkeys(("twd", "nt$", "新台币"), ("TWD",)),
    **dict.fromkeys(("sgd", "s$", "新加坡元"), ("SGD",)),
}
TIMES = {
    **dict.fromkeys(("千", "k", "thousand"), 10**3), **dict.fromkeys(("万", "萬", "w"), 10**4),
    **dict.fromkeys(("百万", "百萬", "m", "million"), 10**6),
    **dict.fromkeys(("千万", "千萬"), 10**7), **dict.fromkeys(("亿", "億"), 10**8),
}


def _one_of(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Commas stand between groups of three, or of four as Chinese counts; a single one that separates
# neither could be a decimal comma: better asked than misread.
NUMBER = r"[0-9]{1,3}(?:[,'’][0-9]{3})+|[0-9]{1,4}(?:[,'’][0-9]{4})+|[0-9]{1,20}"
TYPED = re.compile(
    rf"(?P<minus>[-−]?)(?P<before>{_one_of(SIGNS)})?(?P<less>[-−]?)"
    rf"(?P<whole>{NUMBER})(?P<parts>\.[0-9]{{1,20}})?"
    rf"(?P<times>{_one_of(TIMES)})?(?P<after>{_one_of(SIGNS)})?"
)
# As accountants write what is below 0.
IN_BRACKETS = re.compile(r"\((.+)\)")


class NoAmount(ValueError):  # noqa: N818 - it is an answer to the person
    """What was typed is no amount that can be; `code` is amount, negative, large or cents."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"no amount ({code}): {text!r}")
        self.code = code


def read_money(
    text: str, unit: int = 1, *, rounded: bool = False
) -> tuple[Decimal, tuple[str, ...]]:
    """The amount to the cent, and the currencies that its sign may mean; none without a sign.

    `unit` is what the number counts in where it does not say so itself. Parts of a cent are
    refused, unless they are to be `rounded`. Raises `NoAmount`.
    """
    plain = folded(text).replace(" ", "")
    bracketed = IN_BRACKETS.fullmatch(plain)
    found = TYPED.fullmatch(bracketed[1] if bracketed else plain)
    if found is None:
        raise NoAmount("amount", text)
    named = _named(found, text)
    if bracketed or found["minus"] or found["less"]:
        raise NoAmount("negative", text)
    times = TIMES.get(found["times"] or "", unit)
    amount = Decimal(re.sub(r"[^0-9]", "", found["whole"]) + (found["parts"] or "")) * times
    if amount > LARGEST:
        raise NoAmount("large", text)
    exact = amount.quantize(CENT, ROUND_HALF_UP)
    if exact != amount and not rounded:
        raise NoAmount("cents", text)
    return exact, named


def _named(found: re.Match[str], text: str) -> tuple[str, ...]:
    """What the signs before and after the number agree on."""
    signs = [SIGNS[found[place]] for place in ("before", "after") if found[place]]
    if not signs:
        return ()
    both = tuple(code for code in signs[0] if code in signs[-1])
    if not both:
        raise NoAmount("amount", text)
    return both


def read_amount(text: str) -> Decimal:
    """The amount that was typed, to the cent, whatever its sign. Raises `NoAmount`."""
    return read_money(text)[0]


def written(amount: Decimal | None) -> str:
    """The amount as it stands in a form: without grouping, cents only when there are some."""
    if amount is None:
        return ""
    return f"{amount:.2f}".removesuffix(".00")


TROUBLE: dict[str, Any] = {
    "amount": _l("This is no amount. Write it like 120000, 120,000 or 12万."),
    "negative": _l("An amount is at least 0."),
    "large": _l("This is a trillion or more. Are there too many zeros?"),
    "cents": _l("An amount has at most two decimals."),
}


class AmountField(Field):
    """Asks for an amount; `data` is a Decimal, or None when nothing was typed. A text box, because
    a number box forgets what it cannot read."""

    widget = TextInput()
    data: Decimal | None
    # What the amount is counted in, and what its sign says.
    currency = "CNY"
    named: tuple[str, ...] = ()

    def __init__(self, *given: Any, beside: str = "", **more: Any) -> None:
        """`beside` names the field of the form in which the currency is chosen."""
        super().__init__(*given, **more)
        self._beside = beside

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data, self.named = None, ()
        if text.strip():
            try:
                self.data, self.named = read_money(text)
            except NoAmount as trouble:
                raise ValueError(TROUBLE[trouble.code]) from None

    def pre_validate(self, form: BaseForm) -> None:
        currency = form[self._beside].data if self._beside else self.currency
        if self.named and currency not in self.named:
            raise StopValidation(str(_l(
                "You wrote an amount in %(named)s, but this one is in %(currency)s.",
                named=" / ".join(self.named), currency=currency)))

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else written(self.data)


def count_in(form: BaseForm, currency: str) -> None:
    """The amounts of this form are in that currency: a sign of another one is a mistake."""
    for field in form:
        if isinstance(field, AmountField):
            field.currency = currency


def more_than_nothing(form: object, field: Field) -> None:
    """A validator: an amount is needed, and not 0."""
    if field.errors or field.data is None:
        raise StopValidation(field.errors[0] if field.errors else _l("This is needed."))
    if field.data <= 0:
        raise StopValidation(_l("An amount is more than 0."))
