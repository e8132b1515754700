"""The pages of trust, split by noun."""

from flask import Blueprint

blueprint = Blueprint("trust", __name__)

from portal.cases.trust.routes import (  # noqa: E402, F401
    flagging,
    handing,
    overdue,
    queue,
    reviewing,
    verifying,
)
