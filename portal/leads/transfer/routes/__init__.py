"""Imports of leads as pages."""

from flask import Blueprint, request

from portal.core import access
from portal.core.errors import Refused
from portal.core.i18n import lazy_gettext as _l
from portal.core.unit_of_work import reading_only
from portal.leads.transfer.storing import most_bytes
from portal.people import sessions

blueprint = Blueprint("lead_import", __name__)
UPLOAD = "lead_import.upload"
# Beside the file the form has a few fields.
FORM_BYTES = 1024 * 1024


class TooLarge(Refused):
    """More than an import takes; nothing was read of it."""

    status = 413


@blueprint.url_value_preprocessor
def refuse_large_uploads(endpoint: str | None, values: object) -> None:
    """A table may be larger than other forms; more than it may be is refused before anything of
    it is read."""
    if endpoint != UPLOAD or request.method != "POST":
        return
    most = most_bytes()
    if (request.content_length or 0) > most + FORM_BYTES:
        raise TooLarge(_l("A table may have %(limit)d MB. Nothing was uploaded: send it in parts.",
                          limit=most >> 20))
    with reading_only():
        # Let go of before the upload arrives: that may take minutes.
        may = access.allows(sessions.actor(), "lead:import")
    if may:
        request.max_content_length = most + FORM_BYTES


from portal.leads.transfer.routes import imports, steps  # noqa: E402, F401
