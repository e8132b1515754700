"""Cases in and out through the browser."""

from flask import Blueprint, request

from portal.cases.transfer.rules import MOST_BYTES, MOST_FILES
from portal.core import access
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import reading_only
from portal.people import sessions

blueprint = Blueprint("transfer", __name__)
UPLOAD = "transfer.upload"


class TooLarge(Refused):
    """More than an import takes; nothing was read of it."""

    status = 413


@blueprint.url_value_preprocessor
def allow_large_uploads(endpoint: str | None, values: object) -> None:
    """An import may be larger than other forms, of whoever may import. Said before anything is
    read of it."""
    if endpoint != UPLOAD or request.method != "POST":
        return
    if (request.content_length or 0) > MOST_BYTES + 1024 * 1024:
        raise TooLarge(_l("An import takes at most %(limit)d MB. Nothing was uploaded: send the "
                          "cases in parts.", limit=MOST_BYTES >> 20))
    with reading_only():
        # Let go of before the upload arrives: that may take minutes.
        may = access.allows(sessions.actor(), "case:import")
    if not may:
        return
    request.max_content_length = MOST_BYTES + 1024 * 1024
    request.max_form_parts = MOST_FILES + 100


from portal.cases.transfer.routes import exports, imports, steps  # noqa: E402, F401
