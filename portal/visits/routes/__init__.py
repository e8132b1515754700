"""The pages of visits and follow-ups, split by what is done."""

from flask import Blueprint

blueprint = Blueprint("visits", __name__)

from portal.visits.routes import (  # noqa: E402, F401
    arriving,
    company,
    copying,
    correcting,
    exporting,
    following_up,
    lists,
    page,
    picking,
    planning,
    reviewing,
    week,
    without_case,
)
