"""What an administrator decides about knowing customers again."""

import re
from dataclasses import dataclass

from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.options.kinds import Kind
from portal.options.registry import Option

AREA_CODE = "identity.area_code"


@dataclass(frozen=True)
class AreaCode(Kind):
    """An area code such as 021, or none."""

    def read(self, text: str) -> str:
        text = text.strip()
        if text and not re.fullmatch(r"0[1-9]\d{1,2}", text, re.ASCII):
            raise Refused(_l("Write an area code such as 021, or leave it empty."))
        return text


OPTIONS = (
    Option(
        AREA_CODE, _l("Customers"), _l("Area code of the office"), "", AreaCode(),
        hint=_l("A number typed without an area code is taken for one of this area. Without it "
                "such a number is not known."),
    ),
)
