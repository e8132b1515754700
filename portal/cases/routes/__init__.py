"""The pages of the case library, split by noun."""

from flask import Blueprint

blueprint = Blueprint("cases", __name__)

from portal.cases.routes import (  # noqa: E402, F401
    asking,
    attachments,
    capture,
    history,
    library,
    page,
    recording,
    talk,
    templates,
    write,
)
