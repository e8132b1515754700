"""The pages of people: signing in, profiles, and administration."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)

from portal.people.routes import account, profile  # noqa: E402, F401
