"""The words of the list and the board."""

from collections.abc import Mapping
from typing import Any

from portal.core.i18n import lazy_gettext as _l
from portal.leads.board import rules

SORTS: Mapping[str, Any] = {
    rules.ACTIVITY: _l("Last activity"), rules.NEWEST: _l("Newest first"),
    rules.AMOUNT: _l("Largest amount"), rules.SCORE: _l("Highest score"),
    rules.NEXT: _l("Next step, where there is one"),
    rules.CLOSE: _l("Expected close, where there is one"),
}
