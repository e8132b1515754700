"""The words for roles."""

from typing import Any

from portal.core.i18n import lazy_gettext as _l

ROLE_WORDS: dict[str, Any] = {
    "rep": _l("Sales rep"), "manager": _l("Manager"), "hr": _l("HR"),
    "admin": _l("Administrator"),
}
