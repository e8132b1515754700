"""The pages of care, split by noun."""

from flask import Blueprint

blueprint = Blueprint("care", __name__)

from portal.leads.care.routes import customer, feedback, tasks  # noqa: E402, F401
