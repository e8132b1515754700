"""Unified social credit codes as typed."""

import re

from portal.core.i18n import gettext as _
from portal.customers.identity.rules import CODE_SHAPE, CODE_SIGNS, check_sign
from portal.search.analyzer import fold

LENGTH = 18


class CodeError(ValueError):
    """It cannot be one; the text says why, in the person's language."""


def code_key(typed: str | None) -> str:
    """The code in capitals without spaces, whether it can be right or not."""
    return re.sub(r"[\s.\-_]", "", fold(typed or "")).upper()


def read_code(typed: str) -> str:
    """The code as it is kept. Raises `CodeError`."""
    code = code_key(typed)
    if len(code) != LENGTH:
        raise CodeError(_("A unified social credit code has 18 signs; this has %(count)d.",
                          count=len(code)))
    wrong = next((sign for sign in code if sign not in CODE_SIGNS), None)
    if wrong is not None:
        raise CodeError(_("The sign “%(sign)s” cannot stand in a unified social credit code; I, O, "
                          "S, V and Z are never used.", sign=wrong))
    if not CODE_SHAPE.fullmatch(code):
        raise CodeError(_("The third to the eighth sign of a unified social credit code are "
                          "digits."))
    if check_sign(code[:17]) != code[17]:
        raise CodeError(_("The last sign does not fit the others, so one of the 18 is wrong. "
                          "Compare it with the licence."))
    return code
