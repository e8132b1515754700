"""Addresses of news, reminders and the ways out of the portal."""

from flask import Blueprint

from portal.reminders import models  # noqa: F401 - the tables must be known

blueprint = Blueprint("reminders", __name__)
