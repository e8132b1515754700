"""Checks of typed phone numbers and credit codes, for every form that asks for them."""

from typing import Any

from wtforms import ValidationError

from portal.core.i18n import gettext as _
from portal.customers.identity.codes import CodeError, read_code
from portal.customers.identity.options import AREA_CODE
from portal.customers.identity.phones import read_phones
from portal.options.queries import value


class Phones:
    """One or several numbers in a field; what cannot be a number is named."""

    def __call__(self, form: Any, field: Any) -> None:
        typed = (field.data or "").strip()
        if not typed:
            return
        found = read_phones(typed, value(AREA_CODE))
        if found.odd:
            raise ValidationError(_(
                "“%(typed)s” does not look like a phone number. Write it with its area code, such "
                "as 021-62345678.", typed=found.odd[0]))
        if not found.numbers:
            raise ValidationError(_(
                "There is no phone number in this. Write one, or leave it empty."))


class CreditCode:
    """A unified social credit code; the field then holds it in capitals, without spaces."""

    def __call__(self, form: Any, field: Any) -> None:
        if not (field.data or "").strip():
            return
        try:
            field.data = read_code(field.data)
        except CodeError as error:
            raise ValidationError(str(error)) from None
