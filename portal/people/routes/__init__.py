"""The pages of people: signing in, profiles, and administration."""

from flask import Blueprint

blueprint = Blueprint("people", __name__)

from portal.people.routes import (  # noqa: E402, F401
    account,
    colleagues,
    first_passwords,
    manage_people,
    manage_person,
    manage_teams,
    profile,
    roster,
)
