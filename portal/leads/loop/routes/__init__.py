"""What deals and the library give each other, as pages and parts of pages."""

from flask import Blueprint

blueprint = Blueprint("loop", __name__)

from portal.leads.loop.routes import alike, rate, tabs, uses  # noqa: E402, F401
