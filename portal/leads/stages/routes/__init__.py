"""Pages of stages: moving a lead, reviews at gates, the map and its editor."""

from flask import Blueprint

blueprint = Blueprint("stages", __name__)

# Each file adds its views to the blueprint.
from portal.leads.stages.routes import board, editing, moving, reviewing  # noqa: E402, F401
