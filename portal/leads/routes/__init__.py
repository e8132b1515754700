"""The pages of leads, one file for each noun."""

from flask import Blueprint

blueprint = Blueprint("leads", __name__)

# Each file adds its views to the blueprint.
from portal.leads.routes import (  # noqa: E402, F401
    correcting,
    deals,
    giving,
    page,
    recording,
    steps,
)
