"""Addresses of news, reminders and the ways out of the portal, split by page."""

from flask import Blueprint

blueprint = Blueprint("reminders", __name__)

from portal.reminders import sending  # noqa: E402, F401 - its jobs must be known
from portal.reminders.routes import (  # noqa: E402, F401
    bell,
    channels,
    dated,
    failed,
    inbox,
    preferences,
)
