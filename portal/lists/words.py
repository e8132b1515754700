"""The words and icons for the lists."""

from typing import Any

from portal.core.i18n import lazy_gettext as _l

LIST_WORDS: dict[str, Any] = {
    "stage": _l("Stages"), "industry": _l("Industries"), "product": _l("Products"),
    "region": _l("Regions"), "channel": _l("Channels"),
    "reason": _l("Reasons"), "tag": _l("Tags"),
}
LIST_HINTS: dict[str, Any] = {
    "stage": _l("The steps of a deal, in their order."),
    "industry": _l("What the customers do."),
    "product": _l("What you sell."),
    "region": _l("Where the customers are."),
    "channel": _l("Where leads come from."),
    "reason": _l("Why deals are won or lost; asked in every retrospective."),
    "tag": _l("Free words on cases. People add new ones while they write; "
              "here you rename and merge them."),
}
LIST_ICONS = {
    "stage": "route", "industry": "building", "product": "packages", "region": "map-pin",
    "channel": "broadcast",
    "reason": "scale", "tag": "tags",
}
